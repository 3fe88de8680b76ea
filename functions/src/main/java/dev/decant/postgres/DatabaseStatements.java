package dev.decant.postgres;

import java.nio.charset.StandardCharsets;

/** SQL about whole databases, and the limit of their names. */
public final class DatabaseStatements {
  /** PostgreSQL cuts a longer name without an error. */
  private static final int LONGEST_NAME = 63;

  private DatabaseStatements() {}

  public static String rename(String from, String to) {
    return "ALTER DATABASE " + Quoting.identifier(from) + " RENAME TO " + Quoting.identifier(to);
  }

  /** Sets the comment of a database; an empty text removes it. */
  public static String comment(String database, String text) {
    return "COMMENT ON DATABASE "
        + Quoting.identifier(database)
        + " IS "
        + (text.isEmpty() ? "NULL" : Quoting.literal(text));
  }

  /** Drops a database and ends its sessions; does nothing if it does not exist. */
  public static String dropByForce(String database) {
    return "DROP DATABASE IF EXISTS " + Quoting.identifier(database) + " WITH (FORCE)";
  }

  /** Whether PostgreSQL takes this as the name of a database without cutting it. */
  public static boolean isName(String name) {
    return !name.isBlank() && name.indexOf('\0') < 0 && bytes(name) <= LONGEST_NAME;
  }

  /** The name and the suffix, with as much of the name as PostgreSQL has room for. */
  public static String nameWithSuffix(String name, String suffix) {
    return cut(name, bytes(suffix)) + suffix;
  }

  /** As much of the name as leaves room for a suffix of so many bytes. */
  public static String cut(String name, int suffixBytes) {
    String cut = name;
    while (bytes(cut) > LONGEST_NAME - suffixBytes) {
      cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
    }
    return cut;
  }

  private static int bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }
}
