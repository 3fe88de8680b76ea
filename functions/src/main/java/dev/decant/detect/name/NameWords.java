package dev.decant.detect.name;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The words of a name, in lower case and without accents: {@code userEMail}, {@code user_e-mail}
 * and {@code USER_E_MAIL} are {@code user e mail}; {@code straße1} is {@code strasse 1}.
 */
public final class NameWords {
  private static final String LETTERS_THAT_DO_NOT_DECOMPOSE = "ßæœøłđðþı";
  private static final List<String> THEIR_ASCII =
      List.of("ss", "ae", "oe", "o", "l", "d", "d", "th", "i");

  /** The word for a name that consists of signs and foreign letters only. */
  private static final String WITHOUT_WORDS = "unnamed";

  private NameWords() {}

  /** The words of a name. There is always at least one word, and none is empty. */
  public static List<String> of(String name) {
    String parts =
        name.replaceAll("(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})", " ")
            .replaceAll("(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})", " ")
            .replaceAll("(?<=\\p{L})(?=\\p{N})|(?<=\\p{N})(?=\\p{L})", " ");
    List<String> words =
        Arrays.stream(ascii(parts).split("[^a-z0-9]+", -1))
            .filter(w -> !w.isEmpty())
            .flatMap(w -> WordSplitter.split(w).stream())
            .toList();
    return words.isEmpty() ? List.of(WITHOUT_WORDS) : words;
  }

  /** A text in lower case without accents. */
  public static String ascii(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    StringBuilder out = new StringBuilder();
    lower
        .codePoints()
        .forEach(
            c -> {
              int known = LETTERS_THAT_DO_NOT_DECOMPOSE.indexOf(c);
              out.append(known < 0 ? Character.toString(c) : THEIR_ASCII.get(known));
            });
    return Normalizer.normalize(out, Normalizer.Form.NFD).replaceAll("\\p{M}+", "");
  }
}
