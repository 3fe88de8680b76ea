package dev.decant.refresh;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.load.LaggingSequences;
import dev.decant.manifest.Manifest;
import dev.decant.policy.Policy;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.Queries;
import dev.decant.postgres.Quoting;
import dev.decant.setting.Version;
import dev.decant.target.FilledText;
import dev.decant.target.Target;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Changes the restored rows for staging, in one transaction: it runs the target's sql, gives the
 * anchor rows new identities, sets sequences, and writes the row that shows an application which
 * snapshot it uses.
 */
final class StagingAdjustment {
  private static final String TRANSACTION = "SELECT pg_catalog.txid_current()";

  private static final String BANNER =
      """
      CREATE SCHEMA IF NOT EXISTS decant;
      DROP TABLE IF EXISTS decant.production, decant.refresh;
      CREATE TABLE decant.refresh (snapshot text NOT NULL, taken_at timestamptz NOT NULL,
        refreshed_at timestamptz NOT NULL DEFAULT now(), tool_version text NOT NULL);
      GRANT USAGE ON SCHEMA decant TO PUBLIC;
      GRANT SELECT ON decant.refresh TO PUBLIC
      """;

  private final Target target;
  private final Manifest manifest;
  private final Connection connection;

  /**
   * @param connection a fresh connection to the new database, which the caller closes
   */
  StagingAdjustment(Target target, Manifest manifest, Connection connection) {
    this.target = target;
    this.manifest = manifest;
    this.connection = connection;
  }

  void run() {
    try {
      connection.setAutoCommit(false);
      // The target's own SQL uses the search_path of the application.
      Queries.execute(connection, "RESET search_path", "preparing the sql of the target");
      steps(target.changes().sql(), "sql step");
      for (Target.Rekey rekey : target.changes().rekey()) {
        rekey(rekey);
      }
      sequences();
      banner();
      connection.commit();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.SQL_STEP_FAILED, "committing the target's sql");
    }
  }

  /** Runs the target's privileges in one transaction. */
  void privileges() {
    try {
      connection.setAutoCommit(false);
      steps(target.changes().privileges(), "privilege");
      connection.commit();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.SQL_STEP_FAILED, "committing the target's privileges");
    }
  }

  private void steps(List<Policy.SqlStep> steps, String kind) {
    String transaction = transaction();
    for (Policy.SqlStep step : steps) {
      String doing =
          kind + " \"" + step.name() + "\" (line " + step.line() + " of the targets file)";
      try (var statement = connection.createStatement()) {
        statement.setEscapeProcessing(false);
        statement.execute(step.text());
      } catch (SQLException e) {
        throw DatabaseErrors.of(e, ErrorCode.SQL_STEP_FAILED, doing);
      }
      if (!transaction.equals(transaction())) {
        throw new DecantException(
            ErrorCode.SQL_STEP_FAILED,
            "The "
                + doing
                + " ended the transaction. Staging is unchanged. Remove COMMIT and ROLLBACK from"
                + " it.");
      }
    }
  }

  private String transaction() {
    return Queries.text(connection, TRANSACTION, "asking for the transaction").orElse("");
  }

  private void rekey(Target.Rekey rekey) {
    Manifest.Anchor anchor = manifest.anchors().get(rekey.anchor());
    String doing = "anchor " + rekey.anchor() + " (line " + rekey.line() + " of the targets file)";
    if (anchor == null || anchor.primaryKey().isEmpty()) {
      throw notFound(doing);
    }
    Map<String, Optional<String>> values = new LinkedHashMap<>();
    rekey.set().forEach((column, value) -> values.put(column, value.map(FilledText::value)));
    rekey.password().ifPresent(p -> values.put(p.column(), Optional.of(PasswordHashes.of(p))));
    if (values.isEmpty()) {
      return;
    }
    String set =
        values.keySet().stream()
            .map(column -> Quoting.identifier(column) + " = ?")
            .collect(Collectors.joining(", "));
    String where =
        anchor.primaryKey().keySet().stream()
            .map(column -> Quoting.identifier(column) + " = ?")
            .collect(Collectors.joining(" AND "));
    String sql = "UPDATE " + anchor.table().sql() + " SET " + set + " WHERE " + where;
    List<Optional<String>> parameters = new ArrayList<>(values.values());
    anchor.primaryKey().values().forEach(value -> parameters.add(Optional.of(value)));
    if (update(sql, parameters, doing) != 1) {
      throw notFound(doing);
    }
  }

  private int update(String sql, List<Optional<String>> parameters, String doing) {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.size(); i++) {
        Optional<String> value = parameters.get(i);
        if (value.isPresent()) {
          // Without a type, the server reads the text as a value of the column's type.
          update.setObject(i + 1, value.get(), Types.OTHER);
        } else {
          update.setNull(i + 1, Types.OTHER);
        }
      }
      return update.executeUpdate();
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.SQL_STEP_FAILED, doing);
    }
  }

  private static DecantException notFound(String doing) {
    return new DecantException(
        ErrorCode.ANCHOR_NOT_FOUND,
        "The row of the "
            + doing
            + " does not exist in the new database. Staging is unchanged. Check that no sql step"
            + " deletes it.");
  }

  private void sequences() {
    String doing = "setting sequences to the largest values of their columns";
    Queries.execute(connection, "SET LOCAL search_path = pg_catalog", doing);
    var _ = LaggingSequences.advance(connection, (table, column) -> true);
    Queries.execute(connection, "RESET search_path", doing);
  }

  private void banner() throws SQLException {
    Queries.execute(connection, BANNER, "writing decant.refresh");
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO decant.refresh (snapshot, taken_at, tool_version) VALUES (?, ?, ?)")) {
      insert.setString(1, manifest.snapshot().toString());
      Instant takenAt = manifest.source().takenAt();
      insert.setTimestamp(2, Timestamp.from(takenAt));
      insert.setString(3, Version.text());
      insert.executeUpdate();
    }
  }
}
