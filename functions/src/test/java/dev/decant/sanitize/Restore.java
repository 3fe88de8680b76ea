package dev.decant.sanitize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PlainRestore;
import dev.decant.testing.PostgresVersion;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.function.Consumer;

/** Restores a sanitized dump as psql would, and queries the result. */
final class Restore {
  private Restore() {}

  static void intoPlainDatabase(PostgresVersion version, String dump, String query, long expected)
      throws Exception {
    assertThat(dump).startsWith("--\n-- PostgreSQL database dump\n");
    assertThat(dump)
        .contains("\\set ON_ERROR_STOP on\n\nSELECT CASE :VERSION_NUM ")
        .containsPattern("-- PostgreSQL database dump complete\n--\n\n:decant_end_\\w+\n$");
    try (PlainDatabase database = PlainDatabase.on(version);
        Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      PlainRestore.into(connection, dump);
      statement.execute("RESET search_path");
      try (ResultSet count = statement.executeQuery(query)) {
        count.next();
        assertThat(count.getLong(1)).as("%s", version).isEqualTo(expected);
      }
    }
  }

  /** Gives the test the URL of a role that may create databases and has no other right. */
  static void withServer(PostgresVersion version, Consumer<String> use) throws Exception {
    try (PlainDatabase database = PlainDatabase.on(version)) {
      database.asSuperuser("ALTER ROLE " + database.name() + " CREATEDB");
      use.accept(database.url());
    }
  }
}
