package dev.decant.store;

import java.util.Comparator;

/**
 * The order in which S3 lists keys: the order of their UTF-8 bytes. {@link String#compareTo} orders
 * by UTF-16, which puts the characters above U+FFFF before U+E000.
 */
public final class KeyOrder implements Comparator<String> {
  public static final KeyOrder UTF_8 = new KeyOrder();

  private KeyOrder() {}

  @Override
  public int compare(String a, String b) {
    int both = Math.min(a.length(), b.length());
    for (int i = 0; i < both; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        return Character.compare(rank(x), rank(y));
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /** Puts surrogates after all other characters. */
  private static char rank(char c) {
    if (c < Character.MIN_SURROGATE) {
      return c;
    }
    return (char)
        (Character.isSurrogate(c) ? c + 0x2000 : c - Character.MAX_SURROGATE - 1 + 0xD800);
  }
}
