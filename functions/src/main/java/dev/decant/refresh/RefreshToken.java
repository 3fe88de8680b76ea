package dev.decant.refresh;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.DatabaseErrors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The token of a refresh. A client that does not get an answer sends its request again, with the
 * same token, and then gets the outcome of the first run. Without that, the second run would drop
 * the database that a rollback needs. The tokens are in the history on the target's server.
 */
final class RefreshToken {
  private static final String FIND =
      "SELECT status, snapshot, taken_at, previous, downtime_ms, error, finished_at"
          + " FROM decant.refreshes WHERE database = ? AND token = ? ORDER BY id DESC LIMIT 1";

  private RefreshToken() {}

  /**
   * The outcome of the first run with the token of this run. It is empty if there is no token, if
   * no run had it, or if the first run was killed before the swap. The caller must hold the lock.
   *
   * @throws DecantException REFUSED if the first run failed
   */
  static Optional<RefreshResult> firstOutcome(TargetRun run) {
    String token = run.request.options().token();
    if (token == null || run.request.options().dryRun()) {
      return Optional.empty();
    }
    String history = run.maintenance.historyName();
    if (!run.maintenance.exists(history)) {
      return Optional.empty();
    }
    try (Connection connection = run.server.connect(history)) {
      return RefreshHistory.hasTokens(connection) ? find(connection, run, token) : Optional.empty();
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "reading the history");
    }
  }

  private static Optional<RefreshResult> find(Connection connection, TargetRun run, String token)
      throws SQLException {
    try (PreparedStatement find = connection.prepareStatement(FIND)) {
      find.setString(1, run.server.database());
      find.setString(2, token);
      try (ResultSet row = find.executeQuery()) {
        return row.next() ? outcome(row, run) : Optional.empty();
      }
    }
  }

  private static Optional<RefreshResult> outcome(ResultSet row, TargetRun run) throws SQLException {
    String status = row.getString("status");
    String previous = row.getString("previous");
    Timestamp finished = row.getTimestamp("finished_at");
    switch (status) {
      case "failed", "rolled back" ->
          throw new DecantException(
              ErrorCode.REFUSED,
              "The run with this token failed at "
                  + (finished == null ? "an unknown time" : finished.toInstant())
                  + ": "
                  + row.getString("error")
                  + " Nothing was done now. Send another token to try again.");
      case "done" -> {}
      default -> {
        // The run was killed. The name of the previous database is written together with the swap.
        if (previous == null) {
          return Optional.empty();
        }
      }
    }
    List<String> warnings = new ArrayList<>(run.warnings);
    warnings.add("A run with this token refreshed the target before, so nothing was done now.");
    if (!status.equals("done")) {
      warnings.add(
          "That run was killed after the swap, so hooks of the phase after may not have run.");
    }
    Timestamp taken = row.getTimestamp("taken_at");
    return Optional.of(
        new RefreshResult.Repeated(
            run.location(),
            row.getString("snapshot"),
            taken == null ? null : taken.toInstant(),
            existing(run, previous),
            new RefreshResult.Activity(
                List.of(), row.getLong("downtime_ms"), Map.of(), List.copyOf(warnings))));
  }

  private static @Nullable String existing(TargetRun run, @Nullable String previous) {
    return previous != null && run.maintenance.exists(previous) ? previous : null;
  }
}
