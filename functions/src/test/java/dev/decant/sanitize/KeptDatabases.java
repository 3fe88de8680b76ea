package dev.decant.sanitize;

import dev.decant.testing.PgDump;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** What the tests share that compare a database whose columns are all kept with the raw one. */
public final class KeptDatabases {
  private static final Path FIXTURES = Path.of("src/test/fixtures/dump");

  private static final String POLICY =
      """
      SELECT E'version: 1\\nlarge-objects: keep\\ntables:\\n' || string_agg(
        format(E'  %s: { keep: [%s] }\\n', to_json(format('%I.%I', nspname, relname)), columns), '')
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, LATERAL (
        SELECT string_agg(to_json(attname)::text, ', ' ORDER BY attnum) AS columns
        FROM pg_attribute
        WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '') a
      WHERE relkind IN ('r', 'p') AND NOT relispartition
        AND nspname NOT IN ('pg_catalog', 'information_schema')
      """;

  private KeptDatabases() {}

  /** An empty database whose owner is a superuser. */
  public static PlainDatabase database(PostgresVersion version) throws SQLException {
    PlainDatabase database = PlainDatabase.on(version);
    database.asSuperuser("ALTER ROLE " + database.name() + " SUPERUSER");
    database.asSuperuser(
        """
        DO $$ BEGIN
          IF to_regrole('decant_reader') IS NULL THEN CREATE ROLE decant_reader; END IF;
        END $$
        """);
    return database;
  }

  /** A script of the fixtures, with the names of this database and of its owner. */
  public static Path fixture(String name, PlainDatabase database, Path folder) throws IOException {
    String script = Files.readString(FIXTURES.resolve(name + ".sql"));
    return Files.writeString(
        folder.resolve("fixture.sql"),
        script
            .replace("DATABASE kitchen ", "DATABASE " + database.name() + " ")
            .replace("FOR postgres ", "FOR PUBLIC "));
  }

  /** A policy that keeps every column of the database. */
  public static String policy(PlainDatabase database) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(POLICY)) {
      row.next();
      return row.getString(1);
    }
  }

  public static void execute(PlainDatabase database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The objects and rows of a dump, each with its comment, but without owners and privileges. */
  static List<String> entries(PgDump program, PlainDatabase database) {
    String dump = program.dump(database, "--no-owner", "--no-privileges");
    return List.of(
        dump.replaceAll("(?m)^\\\\(un)?restrict .*\n", "").split("\n--\n-- (?=\\w+)", -1));
  }

  /** The entries of the first list that the second one lacks. */
  static List<String> without(List<String> entries, List<String> others) {
    return entries.stream().filter(entry -> !others.contains(entry)).toList();
  }
}
