package dev.decant.detect;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * A statement of a dump whose text has a secret, an e-mail address or a URL.
 *
 * @param object what the statement creates, as policies name it under {@code ddl}: {@code TRIGGER
 *     hook ON public.users}
 * @param line of the dump, from 1; 0 for a live database
 * @param findings what its text holds
 */
public record DdlFinding(String object, long line, Set<DdlDetector.Finding> findings) {
  public DdlFinding {
    findings = Set.copyOf(findings);
  }

  /** For messages: {@code a secret, a URL}. */
  public String what() {
    return findings.stream()
        .sorted()
        .map(DdlDetector.Finding::label)
        .collect(Collectors.joining(", "));
  }
}
