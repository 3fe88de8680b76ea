package dev.decant.sanitize;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.function.Consumer;
import org.postgresql.PGConnection;

/**
 * Restores a sanitized dump as psql would: statement by statement, rows by COPY. Knows nothing of
 * decant's own reader.
 */
final class Restore {
  private Restore() {}

  static void intoPlainDatabase(PostgresVersion version, String dump, String query, long expected)
      throws Exception {
    assertThat(dump).startsWith("--\n-- PostgreSQL database dump\n");
    assertThat(dump)
        .contains("\\set ON_ERROR_STOP on\n\nSELECT CASE :VERSION_NUM ")
        .endsWith("-- PostgreSQL database dump complete\n--\n\n:decant_end\n");
    try (PlainDatabase database = PlainDatabase.on(version);
        Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      int begin = dump.indexOf("\\set ON_ERROR_STOP");
      int text = dump.indexOf(":decant_begin\n", begin) + ":decant_begin\n".length();
      String rest = dump.substring(0, begin) + dump.substring(text).replace(":decant_end\n", "");
      while (true) {
        int copy = rest.indexOf("\nCOPY ");
        if (copy < 0) {
          statement.execute(rest);
          break;
        }
        statement.execute(rest.substring(0, copy));
        int end = rest.indexOf(";\n", copy);
        int terminator = rest.indexOf("\n\\.\n", end);
        String rows = rest.substring(end + 2, Math.max(end + 2, terminator + 1));
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn(rest.substring(copy + 1, end), new StringReader(rows));
        rest = rest.substring(terminator + 4);
      }
      statement.execute("RESET search_path");
      try (ResultSet count = statement.executeQuery(query)) {
        count.next();
        assertThat(count.getLong(1)).as("%s", version).isEqualTo(expected);
      }
      assertThat(rest.getBytes(UTF_8)).isNotEmpty();
    }
  }

  /** With the URL of a role that may create databases, and nothing else. */
  static void withServer(PostgresVersion version, Consumer<String> use) throws Exception {
    try (PlainDatabase database = PlainDatabase.on(version)) {
      database.asSuperuser("ALTER ROLE " + database.name() + " CREATEDB");
      use.accept(database.url());
    }
  }
}
