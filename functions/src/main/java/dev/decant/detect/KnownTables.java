package dev.decant.detect;

/** Tables that are recognized by their names alone. */
public final class KnownTables {
  private KnownTables() {}

  /** Whether a migration tool records the versions of the schema in the table. */
  public static boolean isVersionTable(String table) {
    return TechnicalNames.VERSION_TABLE.holds(joined(table));
  }

  /** Whether the rows are sessions, jobs or tokens, which are of no use outside production. */
  public static boolean isTransient(String table) {
    return TechnicalNames.TRUNCATED_TABLE.holds(joined(table));
  }

  private static String joined(String table) {
    return String.join("", NameWords.of(table));
  }
}
