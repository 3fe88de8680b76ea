package dev.decant.detect;

/**
 * What a column holds, as far as its name, type and values show, and why. No reason quotes a value.
 */
public sealed interface Verdict {
  /** Why, as a phrase for the comment of a rule. */
  String reason();

  /**
   * The column holds personal data.
   *
   * @param sure whether nobody needs to look at it again
   */
  record Personal(Category category, boolean sure, String reason) implements Verdict {}

  /** The column shows nothing about a person, and may be kept for the given reason. */
  record Harmless(String reason) implements Verdict {}

  /** Neither is known; the column has to be masked until somebody has looked at it. */
  record Unknown(String reason) implements Verdict {}
}
