package dev.decant.mask.value;

import dev.decant.copy.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The pattern of texts of one length. {@code A} stands for an upper-case letter, {@code a} for a
 * lower-case letter, {@code 9} for a digit, and {@code [A-F0-9]} for one of these characters. All
 * other characters stand for themselves, and so does a character after a backslash. An instance is
 * immutable.
 */
public final class TextPattern {
  /** The greatest number of characters of a pattern. */
  public static final int LONGEST = 255;

  private final int[][] places;

  private TextPattern(List<int[]> places) {
    this.places = places.toArray(int[][]::new);
  }

  /** Reads a pattern; null if a bracket or a backslash is not complete, or if it is too long. */
  public static @Nullable TextPattern of(String pattern) {
    List<int[]> places = new ArrayList<>();
    int[] text = pattern.codePoints().toArray();
    for (int i = 0; i < text.length; i++) {
      switch (text[i]) {
        case 'A' -> places.add(IntStream.rangeClosed('A', 'Z').toArray());
        case 'a' -> places.add(IntStream.rangeClosed('a', 'z').toArray());
        case '9' -> places.add(IntStream.rangeClosed('0', '9').toArray());
        case '\\' -> {
          if (++i == text.length) {
            return null;
          }
          places.add(new int[] {text[i]});
        }
        case '[' -> {
          int close = CharacterSet.end(text, i);
          int[] set = close < 0 ? null : CharacterSet.of(text, i + 1, close);
          if (set == null) {
            return null;
          }
          places.add(set);
          i = close;
        }
        default -> places.add(new int[] {text[i]});
      }
    }
    return places.isEmpty() || places.size() > LONGEST ? null : new TextPattern(places);
  }

  /** The pattern of texts that have one of these characters at each place. */
  static TextPattern ofPlaces(List<int[]> places) {
    return new TextPattern(places);
  }

  /** The number of characters of each text. */
  public int length() {
    return places.length;
  }

  /** The number of bytes of the longest text. */
  public int bytes() {
    return Stream.of(places)
        .mapToInt(place -> IntStream.of(place).map(Utf8::lengthOf).max().orElse(0))
        .sum();
  }

  /** How many characters each place allows. */
  public int[] radixes() {
    return IntStream.range(0, places.length).map(i -> places[i].length).toArray();
  }

  /** The number of texts, as far as a double can express it. */
  public double texts() {
    return IntStream.of(radixes()).mapToDouble(i -> i).reduce(1, (a, b) -> a * b);
  }

  /**
   * Reads a text of this pattern.
   *
   * @param digits receives the number of the character at each place
   * @return false if the text does not have this pattern
   */
  public boolean read(byte[] value, int from, int to, int[] digits) {
    int i = from;
    for (int place = 0; place < places.length; place++) {
      if (i >= to) {
        return false;
      }
      int decoded = Utf8.decode(value, i, to);
      digits[place] = indexOf(places[place], Utf8.codePoint(decoded));
      if (digits[place] < 0) {
        return false;
      }
      i += Utf8.length(decoded);
    }
    return i == to;
  }

  private static int indexOf(int[] set, int codePoint) {
    for (int i = 0; i < set.length; i++) {
      if (set[i] == codePoint) {
        return i;
      }
    }
    return -1;
  }

  /** Two texts of this pattern: with the first and with the last character at each place. */
  public List<String> examples() {
    StringBuilder first = new StringBuilder();
    StringBuilder last = new StringBuilder();
    for (int[] place : places) {
      first.appendCodePoint(place[0]);
      last.appendCodePoint(place[place.length - 1]);
    }
    return List.of(first.toString(), last.toString());
  }

  /** Appends the text with these characters. */
  public void append(int[] digits, Bytes out) {
    byte[] array = out.reserve(4 * places.length);
    int at = out.length();
    for (int place = 0; place < places.length; place++) {
      at = Utf8.encode(places[place][digits[place]], array, at);
    }
    out.length(at);
  }

  /** The pattern as a policy writes it. */
  @Override
  public String toString() {
    return IntStream.range(0, places.length)
        .mapToObj(i -> CharacterSet.text(places[i]))
        .collect(Collectors.joining());
  }
}
