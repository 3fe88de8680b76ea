package dev.decant.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.decant.setting.KeyPairs;
import dev.decant.store.SnapshotStore;
import dev.decant.store.Stores;
import dev.decant.testing.Component;
import dev.decant.testing.Needs;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.ShopSnapshot;
import dev.decant.testing.StockServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

/** {@code decant pull} and {@code gc} with the options of the command line. */
final class PullCommandIT {
  @TempDir static Path folder;
  private static Path store;
  private static PlainDatabase developer;

  private CapturedCli cli;

  @BeforeAll
  static void publish() throws SQLException {
    store = folder.resolve("store");
    try (SnapshotStore opened = Stores.open(store.toString())) {
      ShopSnapshot.publish(opened);
    }
    developer = PlainDatabase.on(PostgresVersion.V16);
    developer.asSuperuser("ALTER ROLE " + developer.name() + " CREATEDB");
  }

  @AfterAll
  static void leave() throws SQLException {
    dropAll();
    developer.close();
  }

  private static void dropAll() throws SQLException {
    for (String database : databases()) {
      developer.asSuperuser("DROP DATABASE \"" + database + "\" WITH (FORCE)");
    }
  }

  @BeforeEach
  void begin() throws SQLException {
    dropAll();
    cli =
        new CapturedCli(Map.of("DATABASE_URL", developer.url(), "DECANT_STORE", store.toString()));
  }

  @Test
  void withoutAPublicKeyAPullSaysSoInOneLine() throws SQLException {
    assertThat(cli.run("pull", "--schema-only")).as(cli.err()).isZero();
    assertThat(cli.err().lines().filter(line -> line.contains("No public key is configured")))
        .singleElement()
        .satisfies(line -> assertThat(line).contains("was not checked", "DECANT_VERIFY_KEY"));

    CapturedCli checked =
        new CapturedCli(Map.of("DATABASE_URL", developer.url(), "DECANT_STORE", store.toString()));
    String key = KeyPairs.publicPem(ShopSnapshot.KEY.publicKey());
    assertThat(checked.run("pull", "--schema-only", "--new", "--verify-key", key)).isZero();
    assertThat(checked.err()).doesNotContain("public key");

    dropAll();
    CapturedCli refused =
        new CapturedCli(Map.of("DATABASE_URL", developer.url(), "DECANT_STORE", store.toString()));
    String other = KeyPairs.publicPem(KeyPairs.generateSigningKey().publicKey());
    assertThat(refused.run("pull", "--verify-key", other)).isEqualTo(13);
    assertThat(refused.err()).contains("is signed by another key than", "Do not use this snapshot");
    assertThat(databases()).isEmpty();
  }

  private static List<String> databases() throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection = developer.connect();
        ResultSet rows =
            connection
                .createStatement()
                .executeQuery(
                    "SELECT datname FROM pg_database WHERE pg_get_userbyid(datdba) = current_user"
                        + " AND datname <> current_database()")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  @Test
  void withNothingSaidTheNewestSnapshotComesAndItsUrlIsTheLastLine() throws SQLException {
    assertThat(cli.run("pull")).as(cli.err()).isZero();

    assertThat(databases()).containsExactly("shop_production_20260323");
    String url = developer.url().replace(":plain@", "@").replaceFirst("[^/]*$", "");
    assertThat(cli.out().lines())
        .anyMatch(l -> l.startsWith("pulled " + ShopSnapshot.NAME + " into shop_production_2026"))
        .last()
        .isEqualTo("DATABASE_URL=" + url + "shop_production_20260323");
    assertThat(cli.out() + cli.err()).doesNotContain(":plain");
    assertThat(cli.err()).contains("does not contain the password", "DATABASE_URL");
    assertThat(works(developer.url().replaceFirst("[^/]*$", "shop_production_20260323"))).isTrue();
  }

  @Test
  @Needs(Component.PSQL)
  void aServerOfThisMachineIsPulledIntoByItsSocket() throws Exception {
    String account = System.getProperty("user.name");
    try (StockServer server = StockServer.withPeers()) {
      try (Connection admin = server.admin()) {
        admin.createStatement().execute("CREATE ROLE \"" + account + "\" LOGIN CREATEDB");
      }
      String port = Integer.toString(server.port());
      cli =
          new CapturedCli(
              Map.of(
                  "PGHOST", server.socketFolder().toString(),
                  "PGPORT", port,
                  "DECANT_STORE", store.toString()));

      assertThat(cli.run("pull", "--into", "mine", "--quiet")).as(cli.err()).isZero();

      String url = cli.out().strip().replaceFirst("^DATABASE_URL=", "");
      assertThat(url).startsWith("postgresql://" + account + "@:" + port + "/mine?host=%2F");
      Process psql =
          new ProcessBuilder("psql", "-XAtc", "SELECT count(*) > 0 FROM audit_log", url)
              .redirectErrorStream(true)
              .start();
      assertThat(new String(psql.getInputStream().readAllBytes(), UTF_8)).isEqualTo("t\n");
    }
  }

  private static boolean works(String url) throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", developer.name());
    login.setProperty("password", "plain");
    try (Connection connection =
        DriverManager.getConnection("jdbc:" + url.replaceFirst("//[^@]*@", "//"), login)) {
      return connection.isValid(5);
    }
  }

  @Test
  void asJsonItIsOneDocument() throws Exception {
    assertThat(cli.run("pull", "--into", "mine", "--tables", "payment,session", "--json")).isZero();

    JsonNode document = JsonMapper.builder().build().readTree(cli.out());
    assertThat(document.get("database").asText()).isEqualTo("mine");
    assertThat(document.get("url").asText()).endsWith("/mine").doesNotContain(":plain");
    assertThat(document.get("addedTables")).hasSize(3);
    assertThat(document.get("tables")).hasSize(5);
  }

  @Test
  void aFileWhoseNameMeansAnotherFormatIsRefused() {
    for (String name : List.of("a.dump", "a.DUMP", "b.tar", "c.backup", "d.sql.bz2")) {
      assertThat(cli.run("pull", "-o", folder.resolve(name).toString())).isEqualTo(2);
      assertThat(folder.resolve(name)).doesNotExist();
    }
    assertThat(cli.err()).contains("decant writes plain SQL");
  }

  @Test
  void gcStartsNoEmbeddedServer() {
    CapturedCli own = new CapturedCli(Map.of("DECANT_STATE", folder.resolve("state").toString()));

    assertThat(own.run("gc", "--embedded")).isZero();
    assertThat(own.out()).contains("does not run");
    assertThat(folder.resolve("state")).doesNotExist();
  }

  @Test
  void quietSaysTheUrlOnly() {
    assertThat(cli.run("pull", "--into", "mine", "--quiet")).isZero();

    assertThat(cli.out()).startsWith("DATABASE_URL=").hasLineCount(1);
  }

  @Test
  void aTakenNameIsRefusedWith15() throws SQLException {
    assertThat(cli.run("pull", "--into", "mine", "--schema-only")).isZero();

    assertThat(cli.run("pull", "--into", "mine")).isEqualTo(15);
    assertThat(cli.run("pull", "--into", "mine", "--overwrite", "--schema-only")).isZero();
    assertThat(cli.run("pull", "--into", "mine", "--new", "--schema-only")).isZero();
    assertThat(databases()).containsExactlyInAnyOrder("mine", "mine_2");
  }

  @Test
  void aSnapshotWithoutAManifestIsNotThere() throws Exception {
    Path raw = folder.resolve("raw/shop/production");
    Files.createDirectories(raw);
    Files.copy(
        store.resolve(ShopSnapshot.NAME + ".sql.zst"), raw.resolve("raw_20260101-000000.sql.zst"));

    for (String name : List.of("raw_20260101-000000", "latest", "raw_20260101-000000.sql.zst")) {
      assertThat(cli.run("pull", name, "--from", folder.resolve("raw").toString(), "--overwrite"))
          .isEqualTo(14);
    }
    assertThat(databases()).isEmpty();
  }

  @Test
  void aDumpGoesToStdoutAndWordsToStderr() {
    assertThat(cli.run("pull", "--output", "-", "--schema-only")).isZero();

    assertThat(cli.out()).startsWith("--\n").contains("CREATE TABLE").contains("complete\n--\n");
    assertThat(cli.err()).contains("pulled ");
  }

  @Test
  void aStdoutThatTakesNoMoreIsAnError() {
    OutputStream full =
        new OutputStream() {
          private int room = 100;

          @Override
          public void write(int b) throws IOException {
            if (room-- <= 0) {
              throw new IOException("No space left on device");
            }
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(full, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            0,
            Ansi.OFF,
            cli.console().environment());

    assertThat(new Cli(console, () -> false).run("pull", "--output", "-", "--quiet")).isEqualTo(14);
    assertThat(new Cli(console, () -> false).run("list")).isEqualTo(14);
    assertThat(err.toString(UTF_8).lines())
        .filteredOn(line -> line.startsWith("decant: Cannot write to stdout"))
        .hasSize(2);
  }

  @Test
  void gcGoesOnAfterADatabaseThatCannotBeDroppedAndTellsBoth() throws Exception {
    assertThat(cli.run("pull", "--into", "first", "--schema-only")).isZero();
    assertThat(cli.run("pull", "--into", "second", "--schema-only")).isZero();
    developer.asSuperuser("ALTER ROLE " + developer.name() + " SET lock_timeout = '200ms'");
    try (Connection holding = developer.connect()) {
      holding.setAutoCommit(false);
      holding.createStatement().execute("COMMENT ON DATABASE first IS 'not committed'");
      CapturedCli gc = new CapturedCli(cli.console().environment());
      assertThat(gc.run("gc", "--older-than", "0d", "--yes", "--json")).isEqualTo(12);

      JsonNode document = JsonMapper.builder().build().readTree(gc.out());
      assertThat(document.get("dropped").findValuesAsText("name")).containsExactly("second");
      assertThat(document.get("failed").findValuesAsText("name")).containsExactly("first");
      assertThat(gc.err()).contains("Dropping first failed");
      assertThat(databases()).containsExactly("first");
    } finally {
      developer.asSuperuser("ALTER ROLE " + developer.name() + " RESET lock_timeout");
    }
  }

  @Test
  @Needs(Component.PSQL)
  void embeddedStartsAServerThatStaysUntilItIsStopped() throws Exception {
    Path state = Files.createTempDirectory("decant-state");
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx--x--x"));
    CapturedCli alone =
        new CapturedCli(Map.of("DECANT_STORE", store.toString(), "DECANT_STATE", state.toString()));
    try {
      int code = alone.run("pull", "--embedded", "--into", "mine");
      assertThat(code).as(alone.err()).isZero();

      String url = alone.out().lines().toList().getLast().replace("DATABASE_URL=", "");
      assertThat(url).matches("postgresql://decant:[^@]+@127\\.0\\.0\\.1:\\d+/mine");
      Process psql =
          new ProcessBuilder("psql", "-XAtc", "SELECT count(*) > 0 FROM \"user\"", url).start();
      assertThat(new String(psql.getInputStream().readAllBytes(), UTF_8)).isEqualTo("t\n");
    } finally {
      assertThat(alone.run("pull", "--stop")).as(alone.err()).isZero();
    }
    assertThat(alone.out()).contains("stopped");
    new ProcessBuilder("rm", "-r", state.toString()).start().waitFor();
  }

  @Test
  void optionsThatCannotGoTogetherAreTold() {
    assertThat(cli.run("pull", "--overwrite", "--new")).isEqualTo(2);
    assertThat(cli.run("pull", "--output", "x.sql", "--into", "y")).isEqualTo(2);
    assertThat(cli.run("pull", "--schema-only", "--tables", "a")).isEqualTo(2);
    assertThat(cli.run("pull", "--no-parents")).isEqualTo(2);
    assertThat(cli.run("pull", "--output", "-", "--json")).isEqualTo(2);
  }
}
