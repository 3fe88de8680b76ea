package dev.decant.hook;

import java.util.Locale;

/** The phases in which hooks run. The texts are the words of the targets file. */
public enum Phase {
  /** Before the swap of the databases. */
  BEFORE,
  /**
   * After the load, before the assertions. The hooks work on the new database, which is not in use.
   */
  MIGRATE,
  /** After the swap of the databases. */
  AFTER;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
