package dev.decant.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * The encoding of a database that decant creates. It is UTF-8 unless the server of the dump did not
 * know the encoding of its bytes, which then need not be valid in any encoding.
 */
public enum DatabaseEncoding {
  UTF8,
  SQL_ASCII;

  private static final int HAS_PROVIDERS = 150_000;

  /** The encoding of a database. Every encoding that knows its characters counts as UTF-8. */
  public static DatabaseEncoding of(Connection connection) throws SQLException {
    String server = connection.unwrap(PGConnection.class).getParameterStatus("server_encoding");
    return SQL_ASCII.name().equals(server) ? SQL_ASCII : UTF8;
  }

  /**
   * The options of a COPY with the blank before them. The bytes of a database in SQL_ASCII pass as
   * they are. Without an option, the server would refuse bytes that are not UTF-8, because the
   * driver speaks UTF-8.
   *
   * @param others further options
   */
  public static String copyOptions(Connection connection, List<String> others) throws SQLException {
    List<String> options = new ArrayList<>(others);
    if (of(connection) == SQL_ASCII) {
      options.add("ENCODING 'SQL_ASCII'");
    }
    return options.isEmpty() ? "" : " (" + String.join(", ", options) + ')';
  }

  /**
   * The clauses of CREATE DATABASE. Only the locale C has characters that are single bytes.
   *
   * @param version the server's version, for example 180006
   */
  public String clauses(int version) {
    return switch (this) {
      case UTF8 -> "ENCODING 'UTF8'";
      case SQL_ASCII ->
          "ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'"
              + (version >= HAS_PROVIDERS ? " LOCALE_PROVIDER libc" : "");
    };
  }
}
