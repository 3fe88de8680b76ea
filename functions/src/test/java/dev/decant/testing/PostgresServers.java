package dev.decant.testing;

import dev.decant.scratch.ScratchDatabase;
import dev.decant.scratch.Superuser;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;
import org.postgresql.PGConnection;

/** Access to the servers of {@link PostgresVersion} as a superuser. */
final class PostgresServers {
  private static final Map<PostgresVersion, ScratchDatabase> ADMIN =
      new EnumMap<>(PostgresVersion.class);

  private PostgresServers() {}

  /** Connects to a database that exists as long as the server. */
  static Connection admin(PostgresVersion version) {
    synchronized (ADMIN) {
      ScratchDatabase database = ADMIN.computeIfAbsent(version, v -> v.server().create("admin"));
      return Superuser.of(version.server(), database);
    }
  }

  static String[] hostAndPort(PGConnection connection) throws SQLException {
    try (Statement statement = ((Connection) connection).createStatement();
        ResultSet row = statement.executeQuery("SELECT '127.0.0.1', current_setting('port')")) {
      row.next();
      return new String[] {row.getString(1), row.getString(2)};
    }
  }
}
