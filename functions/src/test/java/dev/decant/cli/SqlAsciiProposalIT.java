package dev.decant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.decant.live.LiveDatabase;
import dev.decant.postgres.ServerUrl;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A database in SQL_ASCII, where {@code varchar(n)} and {@code char(n)} hold n bytes. The German
 * dictionaries have many words with letters of two bytes.
 */
final class SqlAsciiProposalIT {
  private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
  private static final PostgresVersion VERSION = PostgresVersion.V17;
  private static final int LENGTH = 7;

  /** The masks that serve a text of this length. */
  private static final List<String> MASKS =
      List.of(
          "first-name",
          "last-name",
          "full-name",
          "username",
          "company",
          "job",
          "street",
          "city",
          "postcode",
          "address",
          "phone",
          "scramble",
          "{ mask: pattern, value: 'Ä99' }",
          "text",
          "{ mask: redact, value: 'größe' }",
          "{ mask: redact, trace: false }",
          "iban",
          "credit-card",
          "{ mask: pick, values: ['größe', 'ä', 'xxxxxxx'] }",
          "{ mask: constant, value: 'größe' }",
          "{ mask: template, value: 'ü{id}üü' }",
          "json",
          "user-agent",
          "- { when: { column: PADDED, equals: 'Mül3' }, mask: keep }\n      - empty");

  @TempDir Path folder;
  private PlainDatabase database;
  private String url;

  @BeforeEach
  void make() throws SQLException {
    database = PlainDatabase.on(VERSION);
    String name = database.name() + "_ascii";
    database.asSuperuser(
        "CREATE DATABASE %s OWNER %s ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0"
            .formatted(name, database.name()));
    url = database.url().replaceFirst("/[^/]+$", "/" + name);
  }

  @AfterEach
  void drop() throws SQLException {
    database.asSuperuser("DROP DATABASE " + database.name() + "_ascii");
    database.close();
  }

  @Test
  void aProposalPassesItsOwnCheckAndRun() throws Exception {
    execute(
        """
        CREATE TABLE person (id int PRIMARY KEY, first_name varchar(5), last_name char(6),
          city varchar(7) NOT NULL, email varchar(40) UNIQUE, phone char(14), notes varchar(30),
          street varchar(12), nickname varchar(6)[], kind varchar(4) CHECK (kind IN ('gr\u00fc', 'rot')));
        INSERT INTO person SELECT i, 'J\u00f6rg', 'M\u00fcll', 'K\u00f6ln', 'm' || i || '@firma.example', '+49 170 ' || 100000 + i,
          'Er kam sp\u00e4t am ' || i || '.', 'Stra\u00dfe ' || i % 90, '{Bj\u00f6r,\u00e4\u00f6}', 'gr\u00fc' FROM generate_series(1, 500) i\
        """);
    String dump = dump();
    for (String source : List.of(dump, url)) {
      Path policy = folder.resolve(source.equals(dump) ? "of-dump" : "of-database");
      run("init", source, "-o", policy.toString());
      String proposal = Files.readString(policy);
      assertThat(proposal).contains("first_name: first-name", "city: city");
      String german = proposal.replaceFirst("(?m)^version: 1$", "version: 1\nlocale: de");
      Path ofGermans = Files.writeString(folder.resolve(policy.getFileName() + "-de"), german);
      for (Path each : List.of(policy, ofGermans)) {
        run("check", source, "--policy", each.toString());
        List<String[]> rows = sanitized(source, each);
        for (int column = 1; column <= 3; column++) {
          assertFit(rows, column + 4, column);
        }
      }
    }
  }

  @Test
  void everyMaskWritesValuesThatFit() throws Exception {
    StringBuilder columns = new StringBuilder("id int PRIMARY KEY");
    StringBuilder values = new StringBuilder("i");
    StringBuilder rules = new StringBuilder();
    for (int i = 0; i < MASKS.size(); i++) {
      for (String type : List.of("v varchar", "c char")) {
        String name = type.charAt(0) + "" + i;
        columns.append(", ").append(name).append(type.substring(1)).append("(7)");
        values.append(", CASE i % 3 WHEN 0 THEN 'M\u00fcl' ELSE '\u00e9\u00df' END || i");
        String mask = MASKS.get(i).replace("PADDED", name);
        String lines = mask.startsWith("-") ? "\n      " + mask : mask;
        rules.append("      ").append(name).append(": ").append(lines).append('\n');
      }
    }
    execute(
        "CREATE TABLE t ("
            + columns
            + "); INSERT INTO t SELECT "
            + values
            + " FROM generate_series(1, 400) i");
    Path policy =
        Files.writeString(
            folder.resolve("policy"),
            "version: 1\nlocale: de\ntables:\n  public.t:\n    keep: [id]\n    columns:\n" + rules);
    String dump = dump();
    run("check", dump, "--policy", policy.toString());

    List<String[]> rows = sanitized(dump, policy);
    for (int column = 1; column < rows.getFirst().length; column++) {
      assertFit(rows, LENGTH, column);
    }
    assertThat(column(rows, 1)).anyMatch(v -> v.matches(".*[^ -~].*"));
    assertThat(column(rows, 2 * MASKS.indexOf("{ mask: redact, value: 'größe' }") + 1))
        .containsOnly("größe");
    assertThat(column(rows, 2 * MASKS.size())).containsOnly("Mül3", "");
  }

  @Test
  void aLiteralThatDoesNotFitIsFoundBeforeTheRows() throws Exception {
    execute("CREATE TABLE t (a varchar(4), b char(4), c varchar(4), d varchar(4))");
    Path policy =
        Files.writeString(
            folder.resolve("policy"),
            """
            version: 1
            tables:
              public.t:
                columns:
                  a: { mask: constant, value: 'äöü' }
                  b: { mask: pick, values: ['ab', 'äöx'] }
                  c: { mask: pattern, value: 'äö9' }
                  d: { mask: template, value: 'äöü' }
            """);
    for (String source : List.of(dump(), url)) {
      CapturedCli cli = cli();
      assertThat(cli.run("check", source, "--policy", policy.toString())).isEqualTo(10);
      assertThat(cli.out() + cli.err()).contains("Write at most 4 bytes.");
      assertThat(
              Pattern.compile("at most 4 bytes|too short")
                  .matcher(cli.out() + cli.err())
                  .results()
                  .count())
          .isGreaterThanOrEqualTo(4);
    }
  }

  private static void assertFit(List<String[]> rows, int most, int column) {
    assertThat(rows).isNotEmpty();
    assertThat(column(rows, column))
        .as("column " + column)
        .allMatch(value -> value.getBytes(StandardCharsets.UTF_8).length <= most);
  }

  private static Set<String> column(List<String[]> rows, int column) {
    return rows.stream().map(row -> row[column].stripTrailing()).collect(Collectors.toSet());
  }

  private String dump() {
    Path dump = folder.resolve("dump.sql");
    LiveDatabase.pgDump(VERSION).dumpInto(dump, url);
    return dump.toString();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection =
            ServerUrl.parse(url, Map.of("HOME", "/nonexistent"))
                .connect(database.name() + "_ascii");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The rows of the snapshot, as fields of COPY. */
  private List<String[]> sanitized(String source, Path policy) throws IOException {
    Path store = Files.createTempDirectory(folder, "store");
    run("sanitize", source, "--policy", policy.toString(), "--to", store.toString());
    try (Stream<Path> files = Files.walk(store)) {
      Path snapshot =
          files.filter(f -> f.toString().endsWith(".sql.zst")).findFirst().orElseThrow();
      try (InputStream file = Files.newInputStream(snapshot);
          ZstdInputStreamNoFinalizer text = new ZstdInputStreamNoFinalizer(file)) {
        text.setContinuous(false);
        return new String(text.readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.matches("\\d+\\t.*"))
            .map(line -> line.split("\\t", -1))
            .toList();
      }
    }
  }

  private static CapturedCli cli() {
    return new CapturedCli(
        Map.of(
            "DECANT_KEY",
            KEY,
            "DECANT_PG_DUMP",
            LiveDatabase.pgDump(VERSION).program().toString()));
  }

  private static void run(String... arguments) {
    CapturedCli cli = cli();
    assertThat(cli.run(arguments)).as(cli.err() + cli.out()).isZero();
  }
}
