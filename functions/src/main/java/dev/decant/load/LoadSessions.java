package dev.decant.load;

import dev.decant.dump.DumpPart.Statement;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.Database;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.Queries;
import dev.decant.postgres.Quoting;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sessions for a load, with the settings of the snapshot and with memory for indexes. */
final class LoadSessions {
  private static final long MIB = 1L << 20;
  private static final long LEAST = 128 * MIB;
  private static final long MOST = 1024 * MIB;

  private LoadSessions() {}

  /**
   * The database, whose connections are prepared for a load.
   *
   * @param role the role that owns the created objects, or null for the role that connects
   * @param jobs the number of connections that work at the same time and share the memory
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
    return role == null ? "" : " SET ROLE " + Quoting.identifier(role) + ";";
  }

  /**
   * The memory in bytes that a connection gets to build indexes. It is a share of the server's
   * buffers, which are usually a quarter of its memory, and not less than the server's own setting.
   */
  private static long maintenanceMemory(Database database, int jobs) {
    String doing = "asking for the server's memory";
    try (Connection connection = database.connect()) {
      long share = Math.clamp(bytes(connection, "shared_buffers", doing) / jobs, LEAST, MOST);
      return Math.max(bytes(connection, "maintenance_work_mem", doing), share);
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, doing);
    }
  }

  private static long bytes(Connection connection, String setting, String doing) {
    String current = "pg_catalog.current_setting(" + Quoting.literal(setting) + ")";
    return Queries.number(connection, "SELECT pg_catalog.pg_size_bytes(" + current + ")", doing);
  }
}
