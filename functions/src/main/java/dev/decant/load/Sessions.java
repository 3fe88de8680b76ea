package dev.decant.load;

import dev.decant.dump.DumpPart.Statement;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.Database;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.schema.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settings that suit a load: the snapshot's own, and memory for indexes. */
final class Sessions {
  private static final long MIB = 1L << 20;
  private static final long LEAST = 128 * MIB;
  private static final long MOST = 1024 * MIB;

  private Sessions() {}

  /**
   * The database with connections for a load.
   *
   * @param role that owns what these connections make, or null
   * @param jobs connections at work at a time, which share the memory
   */
  static Database of(Database database, List<Statement> session, @Nullable String role, int jobs) {
    return new SessionSettings(
        database,
        SessionSettings.of(session)
            + "\nSET synchronous_commit = off; SET client_min_messages = 'error';"
            + " SET maintenance_work_mem = '"
            + maintenanceMemory(database, jobs) / 1024
            + "kB';"
            + asRole(role));
  }

  static String asRole(@Nullable String role) {
    return role == null ? "" : " SET ROLE " + TableName.alwaysQuoted(role) + ";";
  }

  /**
   * A share of what the server was given for its buffers, usually a quarter of its memory, and no
   * less than it gives by itself.
   */
  private static long maintenanceMemory(Database database, int jobs) {
    try (Connection connection = database.connect();
        java.sql.Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT pg_catalog.pg_size_bytes(pg_catalog.current_setting('shared_buffers')),
                  pg_catalog.pg_size_bytes(pg_catalog.current_setting('maintenance_work_mem'))
                """)) {
      row.next();
      long share = Math.clamp(row.getLong(1) / jobs, LEAST, MOST);
      return Math.max(row.getLong(2), share);
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "asking for the server's memory");
    }
  }
}
