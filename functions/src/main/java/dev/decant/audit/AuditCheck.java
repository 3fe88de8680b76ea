package dev.decant.audit;

/**
 * A thing that was checked.
 *
 * @param subject what was checked, in one or two words
 * @param detail one or more sentences, which contain no value of a row, no time and no path
 */
public record AuditCheck(String subject, Outcome outcome, String detail) {
  /** The outcome of a check. */
  public enum Outcome {
    HOLDS("holds"),
    FAILS("FAILS"),
    NOT_CHECKED("not checked");

    private final String word;

    Outcome(String word) {
      this.word = word;
    }

    /** The outcome for people. */
    public String word() {
      return word;
    }
  }
}
