package dev.decant.policy;

import java.util.Locale;

/** Writes names as the words that they are made of. */
final class ColumnWords {
  private ColumnWords() {}

  /** {@code isPregnant}, {@code is-pregnant} and {@code IS_PREGNANT} are {@code is_pregnant}. */
  static String of(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_")
        .replaceAll("[^\\p{L}\\p{N}]+", "_")
        .toLowerCase(Locale.ROOT);
  }
}
