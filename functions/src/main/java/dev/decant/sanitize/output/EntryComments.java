package dev.decant.sanitize.output;

import dev.decant.detect.ddl.DdlFinding;
import dev.decant.detect.ddl.DdlInventory;

/**
 * The comments of the table of contents in the published dump. They are only hints for people, and
 * no rule of a policy serves them, so one that contains a secret or an e-mail address is left out.
 */
final class EntryComments {
  private EntryComments() {}

  /** The comment, or nothing. */
  static byte[] published(byte[] comment) {
    DdlInventory inventory = new DdlInventory();
    inventory.add("", 0, comment, false);
    return inventory.findings().stream().anyMatch(DdlFinding::needsRule) ? new byte[0] : comment;
  }
}
