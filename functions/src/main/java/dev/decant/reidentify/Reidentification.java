package dev.decant.reidentify;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.Manifest;
import dev.decant.policy.Policy;
import dev.decant.progress.Quantity;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts, over the masked rows, how rare the combinations of quasi-identifiers are, and enforces
 * the least number of rows that the policy requires for each.
 */
public final class Reidentification {
  /** A group with fewer rows counts as small if the policy does not say another number. */
  private static final int USUAL = 5;

  /** The time that the rows of one table may take. */
  static final Duration LIMIT = Duration.ofMinutes(30);

  private Reidentification() {}

  /**
   * Counts the groups of all tables that the policy names and the schema has.
   *
   * @param connection to the database with the masked rows
   * @return null if the policy names no quasi-identifiers
   */
  public static Manifest.@Nullable Reidentification count(
      Connection connection, Policy.Reidentification wanted, Schema schema) {
    return count(connection, wanted, schema, LIMIT);
  }

  static Manifest.@Nullable Reidentification count(
      Connection connection, Policy.Reidentification wanted, Schema schema, Duration limit) {
    if (wanted.tables().isEmpty()) {
      return null;
    }
    boolean required = wanted.atLeast() > 0;
    int k = required ? wanted.atLeast() : USUAL;
    GroupCount counts = new GroupCount(connection, k, limit);
    List<Manifest.QuasiIdentifiers> counted = new ArrayList<>();
    List<TableName> late = new ArrayList<>();
    for (Policy.QuasiIdentifiers each : wanted.tables()) {
      Optional<Table> table = schema.table(each.table());
      if (table.isPresent()) {
        counts.of(table.get(), each).ifPresentOrElse(counted::add, () -> late.add(each.table()));
      }
    }
    return new Manifest.Reidentification(k, required, counted, late);
  }

  /**
   * Requires that the k-anonymity of the policy holds, if it has one.
   *
   * @throws DecantException ASSERTION_FAILED if a group has fewer rows, or a table could not be
   *     counted
   */
  public static void require(Manifest.Reidentification found) {
    List<String> failures = failures(found);
    if (!failures.isEmpty()) {
      throw new DecantException(
          ErrorCode.ASSERTION_FAILED,
          "The k-anonymity of the policy does not hold, so nothing is published:\n  "
              + String.join("\n  ", failures)
              + "\n"
              + "Coarsen one of the columns, for example with date-truncate or round, or leave out"
              + " its values with nullify or constant. To publish the snapshot all the same, lower"
              + " at-least or remove k-anonymity from the policy.");
    }
  }

  /**
   * The reasons why the k-anonymity of the policy does not hold, without a value of a row. Empty if
   * it holds or the policy has none.
   */
  public static List<String> failures(Manifest.Reidentification found) {
    List<String> lines = new ArrayList<>();
    if (!found.required()) {
      return lines;
    }
    for (Manifest.QuasiIdentifiers each : found.tables()) {
      if (each.below() > 0) {
        lines.add(
            "table "
                + each.table()
                + ", columns "
                + String.join(", ", each.columns().stream().map(TableName::quoted).toList())
                + ": "
                + Quantity.count(each.below())
                + " of "
                + Quantity.counted(each.rows(), "row")
                + (each.below() == 1 ? " is" : " are")
                + " in groups with fewer than "
                + Quantity.counted(found.k(), "row")
                + ", and "
                + Quantity.count(each.unique())
                + (each.unique() == 1 ? " is" : " are")
                + " unique");
      }
    }
    for (TableName table : found.notCounted()) {
      lines.add(
          "table " + table + ": its rows could not be counted within the limits of time and disk");
    }
    return lines;
  }
}
