package dev.decant.detect.ddl;

import java.util.EnumSet;
import java.util.Set;

/**
 * A statement of a dump whose text has a secret, an e-mail address or a URL.
 *
 * @param object the object that the statement creates, as policies name it under {@code ddl}:
 *     {@code TRIGGER hook ON public.users}
 * @param line of the dump, from 1; 0 for a live database
 * @param findings the kinds of findings in its text
 * @param inCode the findings that are neither in a string constant nor in a comment, so that they
 *     cannot be replaced
 * @param substitute a text that could stand for the constants, for proposals
 */
public record DdlFinding(
    String object,
    long line,
    Set<DdlDetector.Finding> findings,
    Set<DdlDetector.Finding> inCode,
    String substitute) {
  public DdlFinding {
    findings = Set.copyOf(findings);
    inCode = Set.copyOf(inCode);
  }

  /** The finding of a statement. */
  static DdlFinding of(String object, long line, byte[] statement, boolean backslashEscapes) {
    DdlParts text = new DdlParts(statement, backslashEscapes);
    return new DdlFinding(object, line, text.findings(), text.inCode(), text.substitute());
  }

  /** Combines both findings into one, with the object and the line of the first. */
  DdlFinding and(DdlFinding other) {
    return new DdlFinding(
        object,
        line,
        both(findings, other.findings),
        both(inCode, other.inCode),
        common(substitute, other.substitute));
  }

  private static String common(String a, String b) {
    boolean json = b.equals("{}") || b.equals("[]");
    return a.equals(b) || a.equals("{}") || a.equals("[]") ? a : json ? b : "redacted";
  }

  private static Set<DdlDetector.Finding> both(
      Set<DdlDetector.Finding> a, Set<DdlDetector.Finding> b) {
    Set<DdlDetector.Finding> all = EnumSet.noneOf(DdlDetector.Finding.class);
    all.addAll(a);
    all.addAll(b);
    return all;
  }

  /** Whether the policy must have a rule for it. A URL alone only causes a warning. */
  public boolean needsRule() {
    return needsRule(findings);
  }

  /** Whether a rule that replaces constants leaves something that needs a rule. */
  public boolean outlastsReplacement() {
    return needsRule(inCode);
  }

  private static boolean needsRule(Set<DdlDetector.Finding> found) {
    return found.contains(DdlDetector.Finding.SECRET) || found.contains(DdlDetector.Finding.EMAIL);
  }

  /** For messages: {@code a secret, a URL}. */
  public String what() {
    return DdlDetector.labels(findings);
  }
}
