package dev.decant.detect;

/**
 * The answer whether a column holds personal data, according to its name, type and values, with the
 * reason. No reason quotes a value.
 */
public sealed interface Verdict {
  /** The reason, as a phrase for the comment of a rule. */
  String reason();

  /**
   * The column holds personal data.
   *
   * @param sure whether nobody needs to review the verdict
   */
  record Personal(Category category, boolean sure, String reason) implements Verdict {}

  /** The column shows nothing about a person, and may be kept for the given reason. */
  record Harmless(String reason) implements Verdict {}

  /** Neither is known. The column must be masked until somebody has reviewed it. */
  record Unknown(String reason) implements Verdict {}
}
