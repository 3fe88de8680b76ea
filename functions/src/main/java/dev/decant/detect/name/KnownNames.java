package dev.decant.detect.name;

import java.util.List;

/** Tables, columns and members of documents that are recognized by their names alone. */
public final class KnownNames {
  private KnownNames() {}

  /** Whether a migration tool records the versions of the schema in the table. */
  public static boolean isVersionTable(String table) {
    return TechnicalNames.VERSION_TABLE.holds(joined(table));
  }

  /** Whether the rows are sessions, jobs or tokens, which are of no use outside production. */
  public static boolean isTransient(String table) {
    return TechnicalNames.TRUNCATED_TABLE.holds(joined(table));
  }

  /**
   * Whether the name of a member of a document is in the word lists, so that it is certainly not
   * the name of a person.
   */
  public static boolean isMember(String name) {
    List<String> words = NameWords.of(name);
    return !words.isEmpty()
        && (!PersonalNames.STANDARD.in(words).isEmpty()
            || TechnicalNames.STATE.holds(words)
            || TechnicalNames.COUNTER.holds(words)
            || TechnicalNames.TIMESTAMP.holds(words)
            || TechnicalNames.TECHNICAL_TAIL.holds(words.getLast()));
  }

  /** Whether a column has the name of a checksum: {@code commit_sha}, {@code checksum}. */
  public static boolean isChecksum(String column) {
    return TextNames.isChecksum(NameWords.of(column));
  }

  private static String joined(String table) {
    return String.join("", NameWords.of(table));
  }
}
