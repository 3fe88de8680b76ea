package dev.decant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.decant.live.LiveDatabase;
import dev.decant.testing.Component;
import dev.decant.testing.Needs;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code decant scale} as {@code docs/scale.md} describes them. */
@Needs(Component.PG_DUMP)
final class ScaleCommandIT {
  private static final String SCHEMA =
      """
      CREATE TABLE users (id bigint PRIMARY KEY, email text);
      INSERT INTO users SELECT i, 'person' || i || '@mail.example.org' FROM generate_series(1, 9) i;
      """;

  private static final String POLICY =
      """
      version: 1
      tables:
        public.users: { keep: [id], columns: { email: email } }
      """;

  @TempDir Path folder;
  private PlainDatabase source;
  private PlainDatabase scratch;

  @BeforeEach
  void open() throws SQLException, IOException {
    Files.writeString(folder.resolve("policy.yaml"), POLICY);
    source = PlainDatabase.on(PostgresVersion.V18);
    scratch = PlainDatabase.on(PostgresVersion.V18);
    scratch.asSuperuser("ALTER ROLE " + scratch.name() + " CREATEDB");
    try (Connection connection = source.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(SCHEMA);
      statement.execute("SELECT pg_catalog.pg_stat_force_next_flush()");
    }
  }

  @AfterEach
  void close() throws SQLException {
    scratch.close();
    source.close();
  }

  /** The answer of a command that ends with this exit code. */
  private CapturedCli decant(int exitCode, String... arguments) {
    CapturedCli cli =
        new CapturedCli(
            Map.of(
                "DECANT_POLICY", folder.resolve("policy.yaml").toString(),
                "DECANT_STORE", folder.resolve("store").toString(),
                "DECANT_WORK", folder.resolve("work").toString(),
                "DECANT_KEY", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                "DECANT_SCRATCH", scratch.url(),
                "DECANT_PG_DUMP", LiveDatabase.pgDump(PostgresVersion.V18).program().toString()));
    assertThat(cli.run(arguments)).as(cli.err()).isEqualTo(exitCode);
    return cli;
  }

  private JsonNode json(String... arguments) throws IOException {
    return JsonMapper.builder().build().readTree(decant(0, arguments).out());
  }

  @Test
  void commandsOfTheDocumentsPublish() throws IOException {
    String[] plan = {"scale", "plan", source.url(), "--static-source", "--run", "r1", "--json"};
    assertThat(json(plan).path("items").asInt()).isEqualTo(1);
    JsonNode masked = json("scale", "chunk", "--run", "r1", "--item", "0", "--json");
    assertThat(masked.path("status").asText()).isEqualTo("masked");
    assertThat(masked.path("rows").asLong()).isEqualTo(9);
    assertThat(decant(0, "scale", "chunk", "--run", "r1", "--item", "0").out())
        .isEqualTo("item 0: was done before\n");
    assertThat(decant(0, "scale", "finish", "--run", "r1").out()).startsWith("published ");
    assertThat(decant(0, "scale", "forget", "--run", "r1").out())
        .isEqualTo("The run r1 has left nothing.\n");
  }

  @Test
  void dumpInOneFileIsForOneProcess() throws IOException {
    Path dump = folder.resolve("shop.sql");
    LiveDatabase.pgDump(PostgresVersion.V18).dumpInto(dump, source, "-Fp");
    String error = decant(17, "scale", "plan", dump.toString(), "--run", "r1").err();
    assertThat(error).contains("is a dump in one file", "use `decant sanitize`");
  }
}
