package dev.decant.store;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;

/** What a key may be: relative, with {@code /}, and unable to leave the store's root. */
final class StoreKey {
  /** Names that begin so are the folder store's own: temporary files and its lock. */
  static final String RESERVED = ".decant";

  private StoreKey() {}

  /** Answers the key, or refuses it. */
  static String check(String key) {
    checkFolder(key);
    if (key.isEmpty() || key.endsWith("/")) {
      throw refuse(key);
    }
    return key;
  }

  /** Answers the prefix, which may end anywhere in a name, or refuses it. */
  static String checkPrefix(String prefix) {
    checkFolder(prefix.substring(0, prefix.lastIndexOf('/') + 1));
    return prefix;
  }

  private static void checkFolder(String key) {
    if (key.startsWith("/") || key.contains("//") || key.contains("\\") || key.indexOf('\0') >= 0) {
      throw refuse(key);
    }
    for (String part : key.split("/", -1)) {
      if (part.equals(".") || part.equals("..") || part.startsWith(RESERVED)) {
        throw refuse(key);
      }
    }
  }

  private static DecantException refuse(String key) {
    return new DecantException(
        ErrorCode.USAGE,
        "\""
            + key.replace('\0', ' ')
            + "\" cannot be a key in a store: relative, names with /,"
            + " no . or .. among them, none that begins with "
            + RESERVED
            + ".");
  }
}
