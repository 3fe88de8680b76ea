package dev.decant.mask.value;

import java.util.Locale;
import java.util.Optional;

/** The spellings of a boolean that PostgreSQL accepts, and the one that COPY writes. */
public final class BooleanText {
  private BooleanText() {}

  /** The letter that COPY writes for this spelling; empty if the text is not a boolean. */
  public static Optional<String> copied(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "t", "true", "yes", "on", "1" -> Optional.of("t");
      case "f", "false", "no", "off", "0" -> Optional.of("f");
      default -> Optional.empty();
    };
  }
}
