package dev.decant.testing;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/**
 * Restores a sanitized dump as psql would: it runs one statement after the other on one connection,
 * and loads rows by COPY. It does not use decant's own reader.
 */
public final class PlainRestore {
  private PlainRestore() {}

  /** Runs the whole text of the dump, and stops at the first error. */
  public static void into(Connection connection, String dump) throws SQLException, IOException {
    int begin = dump.indexOf("\\set ON_ERROR_STOP");
    int text = dump.indexOf('\n', dump.indexOf("\n:decant_begin_", begin) + 1) + 1;
    raw(
        connection,
        dump.substring(0, begin) + dump.substring(text).replaceFirst("\n:decant_end_.*\n$", "\n"));
  }

  /** Runs the text of a raw dump in the form of pg_dump, without commands of psql. */
  public static void raw(Connection connection, String dump) throws SQLException, IOException {
    String rest = dump;
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      while (true) {
        int copy = rest.indexOf("\nCOPY ");
        if (copy < 0) {
          statement.execute(rest);
          return;
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
    }
  }
}
