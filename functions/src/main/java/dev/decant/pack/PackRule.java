package dev.decant.pack;

/**
 * A rule of a pack for one column.
 *
 * @param yaml the rule in one line of YAML, in the language of the policy
 * @param reason the name of the pack and the reason for the rule
 */
public record PackRule(String yaml, String reason) {
  /** In a pack's file, the rule that leaves nothing of the value. It depends on the column. */
  static final String BLANK = "blank";

  boolean blanks() {
    return yaml.equals(BLANK);
  }
}
