package dev.decant.mask.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Derives a pattern from a simple regular expression of PostgreSQL, so that each text of the
 * pattern matches the expression. An expression is simple if it begins with {@code ^}, ends with
 * {@code $}, and consists of characters, sets of characters, {@code \\d}, {@code .} and the
 * quantifiers {@code ? + * {n} {n,} {n,m}}. A quantifier is used as often as it allows and the text
 * may be long; {@code +} and {@code *} give up to eight characters.
 */
public final class SimpleExpression {
  private static final int OPEN_ENDED = 8;
  private static final int[] LOWER_CASE = IntStream.rangeClosed('a', 'z').toArray();
  private static final int[] DIGITS = IntStream.rangeClosed('0', '9').toArray();

  private record Part(int[] set, int least, int most) {}

  private final int[] text;
  private int at;

  private SimpleExpression(String expression) {
    text = expression.substring(1, expression.length() - 1).codePoints().toArray();
  }

  /**
   * The pattern as the option {@code value} of the mask {@code pattern} takes it.
   *
   * @param longest the number of characters that fit the column
   * @return empty if the expression is not simple, or if no text of it fits
   */
  public static Optional<String> pattern(String expression, int longest) {
    if (expression.length() < 3 || !expression.startsWith("^") || !expression.endsWith("$")) {
      return Optional.empty();
    }
    List<Part> parts = new SimpleExpression(expression).parts();
    if (parts == null) {
      return Optional.empty();
    }
    int least = parts.stream().mapToInt(Part::least).sum();
    int room = Math.min(longest, TextPattern.LONGEST) - least;
    List<int[]> places = new ArrayList<>();
    for (Part part : parts) {
      int more = Math.min(part.most - part.least, Math.max(room, 0));
      room -= more;
      for (int i = 0; i < part.least + more; i++) {
        places.add(part.set);
      }
    }
    return least > Math.min(longest, TextPattern.LONGEST) || places.isEmpty()
        ? Optional.empty()
        : Optional.of(TextPattern.ofPlaces(places).toString());
  }

  private @Nullable List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    while (at < text.length) {
      int[] set = set();
      Part part = set == null ? null : quantified(set);
      if (part == null || part.least > TextPattern.LONGEST) {
        return null;
      }
      parts.add(part);
    }
    return parts;
  }

  /** The characters that the next element allows; null if it is not simple. */
  private int @Nullable [] set() {
    int c = text[at++];
    return switch (c) {
      case '[' -> {
        int close = CharacterSet.end(text, at - 1);
        int from = at;
        at = close + 1;
        if (close < 0) {
          yield null;
        }
        yield CharacterSet.of(text, from, close);
      }
      case '\\' -> {
        if (at == text.length) {
          yield null;
        }
        int escaped = text[at++];
        yield escaped == 'd'
            ? DIGITS
            : Character.isLetterOrDigit(escaped) ? null : new int[] {escaped};
      }
      case '.' -> LOWER_CASE;
      case '(', ')', '|', '*', '+', '?', '{', '}', '^', '$' -> null;
      default -> new int[] {c};
    };
  }

  private @Nullable Part quantified(int[] set) {
    int c = at < text.length ? text[at] : ' ';
    Part part =
        switch (c) {
          case '?' -> new Part(set, 0, 1);
          case '*' -> new Part(set, 0, OPEN_ENDED);
          case '+' -> new Part(set, 1, OPEN_ENDED);
          case '{' -> counted(set);
          default -> new Part(set, 1, 1);
        };
    if (part == null || "?*+{".indexOf(c) < 0) {
      return part;
    }
    at++;
    // A second quantifier, such as in a*?, asks for the shortest match and allows the same texts.
    at += at < text.length && text[at] == '?' ? 1 : 0;
    return part;
  }

  /** Reads {@code {n}}, {@code {n,}} or {@code {n,m}}, and stops at its end. */
  private @Nullable Part counted(int[] set) {
    int close = at;
    while (close < text.length && text[close] != '}') {
      close++;
    }
    if (close == text.length) {
      return null;
    }
    String count = new String(text, at + 1, close - at - 1);
    if (!count.matches("\\d{1,3}(,\\d{0,3})?")) {
      return null;
    }
    at = close;
    String[] bounds = count.split(",", -1);
    int least = Integer.parseInt(bounds[0]);
    int most =
        bounds.length == 1
            ? least
            : bounds[1].isEmpty() ? Math.max(least, OPEN_ENDED) : Integer.parseInt(bounds[1]);
    return most < least ? null : new Part(set, least, most);
  }
}
