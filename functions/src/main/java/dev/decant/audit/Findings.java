package dev.decant.audit;

import dev.decant.audit.AuditCheck.Outcome;
import java.util.ArrayList;
import java.util.List;

/** Collects the checks of an audit. */
final class Findings {
  private final List<AuditCheck> checks = new ArrayList<>();

  void holds(String subject, String detail) {
    checks.add(new AuditCheck(subject, Outcome.HOLDS, detail));
  }

  void fails(String subject, String detail) {
    checks.add(new AuditCheck(subject, Outcome.FAILS, detail));
  }

  void notChecked(String subject, String detail) {
    checks.add(new AuditCheck(subject, Outcome.NOT_CHECKED, detail));
  }

  /** Adds a failure for each line, or one check that holds if there is none. */
  void of(String subject, List<String> failures, String otherwise) {
    failures.forEach(line -> fails(subject, line));
    if (failures.isEmpty()) {
      holds(subject, otherwise);
    }
  }

  boolean failed() {
    return checks.stream().anyMatch(check -> check.outcome() == Outcome.FAILS);
  }

  List<AuditCheck> all() {
    return List.copyOf(checks);
  }
}
