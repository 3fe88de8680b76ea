package dev.decant.audit;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.Manifest;
import dev.decant.policy.Policy;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.Queries;
import dev.decant.postgres.Quoting;
import dev.decant.progress.Quantity;
import dev.decant.reidentify.Reidentification;
import dev.decant.run.RunGuard;
import dev.decant.schema.CatalogReader;
import dev.decant.schema.TableName;
import dev.decant.scratch.ScratchDatabase;
import dev.decant.verify.Assertions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Counts the rows of a restored snapshot, and repeats the assertions of the policy over them. */
final class RowsAudit {
  static final String ASSERTIONS = "assertions";

  private final AuditRequest request;
  private final Manifest manifest;
  private final Findings findings;
  private final RunGuard guard;

  RowsAudit(AuditRequest request, Manifest manifest, Findings findings, RunGuard guard) {
    this.request = request;
    this.manifest = manifest;
    this.findings = findings;
    this.guard = guard;
  }

  void check(ScratchDatabase database) {
    try (Connection connection = database.connect()) {
      rows(connection);
      assertions(connection);
    } catch (SQLException e) {
      throw DatabaseErrors.closing(e);
    }
  }

  private void rows(Connection connection) {
    List<String> wrong = new ArrayList<>();
    request.progress().stage("count rows", manifest.tables().size(), "");
    for (Manifest.Table table : manifest.tables()) {
      guard.check();
      difference(connection, table).ifPresent(wrong::add);
      request.progress().advance(1, table.table().toString());
    }
    request.progress().done();
    findings.of(
        "rows",
        wrong,
        Quantity.counted(manifest.rowsOut(), "row")
            + " of "
            + Quantity.counted(manifest.tables().size(), "table")
            + " were counted, as the manifest states.");
  }

  private static Optional<String> difference(Connection connection, Manifest.Table table) {
    TableName name = table.table();
    String kind =
        Queries.text(
                connection,
                "SELECT relkind FROM pg_catalog.pg_class WHERE oid = pg_catalog.to_regclass("
                    + Quoting.literal(name.sql())
                    + ")",
                "looking for the table " + name)
            .orElse("");
    if (kind.isEmpty()) {
      return Optional.of("The table " + name + " does not exist in the restored database.");
    }
    // The rows of a partitioned table are in its partitions.
    String only = kind.equals("p") ? "" : "ONLY ";
    long rows =
        Queries.number(
            connection,
            "SELECT pg_catalog.count(*) FROM " + only + name.sql(),
            "counting the rows of the table " + name);
    return rows == table.rowsOut()
        ? Optional.empty()
        : Optional.of(
            "The table "
                + name
                + " has "
                + rows
                + " rows in the restored database, but the manifest states "
                + table.rowsOut()
                + '.');
  }

  private void assertions(Connection connection) {
    Policy policy = request.policy();
    if (policy == null) {
      findings.notChecked(ASSERTIONS, "Give --policy to repeat the assertions of the policy.");
      return;
    }
    if (!policy.origin().sha256().equals(manifest.policy().sha256())) {
      findings.fails(
          "policy",
          "The policy has the SHA-256 "
              + policy.origin().sha256()
              + ", but the snapshot was made with the policy "
              + manifest.policy().sha256()
              + '.');
      findings.notChecked(ASSERTIONS, "They belong to another policy.");
      return;
    }
    findings.holds("policy", "It is the policy of the manifest.");
    List<String> wrong = new ArrayList<>();
    List<Policy.Assertion> all = policy.afterLoad().assertions();
    for (Policy.Assertion assertion : all) {
      guard.check();
      fault(connection, assertion).ifPresent(wrong::add);
    }
    findings.of(
        ASSERTIONS,
        wrong,
        Quantity.counted(all.size(), "assertion") + " hold over the restored rows.");
    anonymity(connection, policy.afterLoad().reidentification());
  }

  private void anonymity(Connection connection, Policy.Reidentification wanted) {
    Manifest.Reidentification counted =
        wanted.atLeast() == 0
            ? null
            : Reidentification.count(connection, wanted, CatalogReader.read(connection));
    if (counted != null) {
      findings.of(
          ASSERTIONS,
          Reidentification.failures(counted).stream()
              .map(line -> "The k-anonymity does not hold: " + line + '.')
              .toList(),
          "At least "
              + wanted.atLeast()
              + " restored rows share each combination of quasi-identifiers.");
    }
  }

  private static Optional<String> fault(Connection connection, Policy.Assertion assertion) {
    try {
      return Assertions.check(connection, List.of(assertion), "policy").stream()
          .filter(Assertions.Fails.class::isInstance)
          .map(Assertions.Fails.class::cast)
          .map(f -> "The assertion \"" + f.name() + "\" does not hold: " + f.reason() + '.')
          .findFirst();
    } catch (DecantException e) {
      if (e.code() != ErrorCode.ASSERTION_FAILED) {
        throw e;
      }
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
