package dev.decant.check;

import dev.decant.inspect.NotCreated;
import java.util.List;

/**
 * The result of a check.
 *
 * @param policy the file of the policy, as it was named
 * @param source the location of the source, as it was named
 * @param findings the errors in the order of the policy, and then the warnings
 * @param notCreated the objects that the scratch database could not create
 * @param proposal the whole policy, with rules for the tables and columns that have none, and
 *     without rules for those that do not exist; empty if there are neither
 */
public record CheckResult(
    String policy,
    String source,
    List<CheckFinding> findings,
    List<NotCreated> notCreated,
    Counts counts,
    String proposal) {
  public CheckResult {
    findings = List.copyOf(findings);
    notCreated = List.copyOf(notCreated);
  }

  /** The numbers of compared tables, without partitions, and of their columns. */
  public record Counts(int tables, int columns) {}

  /** Whether the policy has a rule for every column, and every rule fits. */
  public boolean passed() {
    return findings.stream().noneMatch(finding -> finding.kind().error());
  }

  /** The number of findings of a kind. */
  public long count(CheckFinding.Kind kind) {
    return findings.stream().filter(finding -> finding.kind() == kind).count();
  }
}
