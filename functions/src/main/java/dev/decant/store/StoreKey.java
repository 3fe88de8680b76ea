package dev.decant.store;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;

/** Checks keys. A key is a relative path with {@code /} that cannot leave the root of the store. */
final class StoreKey {
  /** The folder store keeps names that begin like this for its temporary files and its lock. */
  static final String RESERVED = ".decant";

  private StoreKey() {}

  /** Returns the key, or throws if it is not allowed. */
  static String check(String key) {
    checkFolder(key);
    if (key.isEmpty() || key.endsWith("/")) {
      throw refuse(key);
    }
    return key;
  }

  /** Returns the prefix, which may end anywhere in a name, or throws if it is not allowed. */
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
            + "\" cannot be a key in a store. Write a relative path whose names are separated by /."
            + " No name may be . or .. or begin with "
            + RESERVED
            + ".");
  }
}
