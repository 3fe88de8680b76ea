package dev.decant.audit;

import dev.decant.audit.AuditCheck.Outcome;
import dev.decant.manifest.SnapshotName;
import java.util.List;

/** The checks of a snapshot, in the order in which they ran. */
public record AuditResult(SnapshotName snapshot, List<AuditCheck> checks) {
  public AuditResult {
    checks = List.copyOf(checks);
  }

  /** Whether nothing failed. A check that could not be made is no failure. */
  public boolean holds() {
    return checks.stream().noneMatch(check -> check.outcome() == Outcome.FAILS);
  }

  /** The number of checks with this outcome. */
  public long count(Outcome outcome) {
    return checks.stream().filter(check -> check.outcome() == outcome).count();
  }
}
