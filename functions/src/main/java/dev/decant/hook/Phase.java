package dev.decant.hook;

import java.util.Locale;

/** When hooks run, with the word that the targets file has for it. */
public enum Phase {
  /** Before the swap. */
  BEFORE,
  /** In between: told the new database, which nobody uses yet. */
  MIGRATE,
  /** After the swap. */
  AFTER;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
