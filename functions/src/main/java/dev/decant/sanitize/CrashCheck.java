package dev.decant.sanitize;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.Queries;
import dev.decant.schema.TableName;
import java.sql.Connection;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Notices that the scratch server crashed after the rows were loaded. Such a server starts again
 * with empty unlogged tables, in which every constraint and many assertions hold. It also ends all
 * sessions, so a session that still answers has seen no crash since it began.
 */
final class CrashCheck {
  private CrashCheck() {}

  /**
   * Checks the rows at the beginning of a session.
   *
   * @param loaded tables that got rows; empty if none did
   */
  static void requireRows(Connection session, Collection<TableName> loaded) {
    String any =
        loaded.stream()
            .map(table -> "EXISTS (SELECT FROM " + table.sql() + ')')
            .collect(Collectors.joining(" OR "));
    if (!loaded.isEmpty() && !Queries.isTrue(session, "SELECT " + any, "looking for the rows")) {
      throw crashed();
    }
  }

  /** Checks that no crash happened since a session began. */
  static void requireSession(Connection session) {
    try {
      var _ = Queries.isTrue(session, "SELECT true", "looking for a crash of the scratch server");
    } catch (DecantException e) {
      throw crashed();
    }
  }

  private static DecantException crashed() {
    return new DecantException(
        ErrorCode.SCRATCH_FAILED,
        "The scratch server crashed or ended the session of this run after the rows were loaded, so"
            + " it may have lost them, and nothing is published. Look into the log of the server,"
            + " and start the run again.");
  }
}
