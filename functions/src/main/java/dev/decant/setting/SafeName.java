package dev.decant.setting;

import dev.decant.stream.Digests;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * Writes a part of a key in the characters of a snapshot's name. Letters lose their accents, and
 * every other character becomes a hyphen. If something was changed, a part of the SHA-256 of the
 * text follows, so that two keys do not get the same name.
 */
final class SafeName {
  private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._-]+");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");
  private static final int DIGITS = 8;

  private SafeName() {}

  /** The text in safe characters. A text with control characters stays, so that it is refused. */
  static String of(String text) {
    if (CONTROL.matcher(text).find()) {
      return text;
    }
    String plain = Normalizer.normalize(text.replace("ß", "ss"), Normalizer.Form.NFKD);
    String safe = UNSAFE.matcher(ACCENTS.matcher(plain).replaceAll("")).replaceAll("-");
    return safe.equals(text)
        ? text
        : safe + '-' + Digests.sha256(text.getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS);
  }
}
