package dev.decant.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Values of rows that nobody can guess, and the search for them. The search finds a value in any
 * case, every part of it, and its forms in base64, hexadecimal, percent-encoding and UTF-16.
 */
public final class Canaries {
  /** A text. No word, hash or name has six of its letters in a row. */
  public static final String TEXT = "Vqxzjkwypfhgb";

  /** Another text, for the second row. */
  public static final String OTHER = "Kzwqgvxjmhptf";

  /** A bigint. */
  public static final String NUMBER = "917384650281736495";

  private static final int LETTERS = 6;

  /** Shorter runs of digits may be a part of a time, a size or a hash. */
  private static final int DIGITS = 9;

  private static final List<String> FORMS = forms();

  private Canaries() {}

  private static List<String> forms() {
    Set<String> forms = new LinkedHashSet<>();
    for (String canary : List.of(TEXT, OTHER)) {
      parts(canary, LETTERS, forms);
    }
    parts(NUMBER, DIGITS, forms);
    for (String canary : List.of(TEXT, OTHER, NUMBER)) {
      byte[] bytes = canary.getBytes(UTF_8);
      parts(HexFormat.of().formatHex(bytes), 2 * LETTERS, forms);
      parts(HexFormat.ofDelimiter("%").formatHex(bytes), 3 * LETTERS - 1, forms);
      parts(HexFormat.ofDelimiter("\\u00").formatHex(bytes), 4 * LETTERS + 2, forms);
      base64(bytes, forms);
    }
    return List.copyOf(forms);
  }

  /** All parts of this length, in lower case. */
  private static void parts(String form, int length, Set<String> forms) {
    for (int i = 0; i + length <= form.length(); i++) {
      forms.add(form.substring(i, i + length).toLowerCase(Locale.ROOT));
    }
  }

  /** The form depends on how many bytes precede the value. The characters at its edges vary. */
  private static void base64(byte[] bytes, Set<String> forms) {
    for (int before = 0; before < 3; before++) {
      byte[] padded = new byte[before + bytes.length / 3 * 3];
      System.arraycopy(bytes, 0, padded, before, padded.length - before);
      String form = Base64.getEncoder().encodeToString(padded);
      int first = before == 0 ? 0 : 4;
      parts(form.substring(first, padded.length / 3 * 4), 2 * LETTERS, forms);
    }
  }

  /** The forms of canaries that a text has; empty if it has none. */
  public static List<String> in(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    List<String> found = new ArrayList<>();
    for (String form : FORMS) {
      if (lower.contains(form)) {
        found.add(form);
      }
    }
    return found;
  }

  /** The forms of canaries that some bytes have, also as UTF-16 and with bytes between letters. */
  public static List<String> in(byte[] bytes) {
    String text = new String(bytes, ISO_8859_1);
    List<String> found = new ArrayList<>(in(text));
    found.addAll(in(text.replace("\0", "")));
    return found;
  }
}
