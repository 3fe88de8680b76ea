package dev.decant.mask.value;

import java.lang.Character.UnicodeBlock;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The sets of characters that may replace each other. Two letters share an alphabet if they have
 * the same Unicode block, script and case category, so they take the same number of UTF-8 bytes.
 * The upper and the lower case of a letter in the same block share one symbol. Therefore texts that
 * differ only in case are masked to texts that differ only in case, and {@code citext} columns and
 * indexes on {@code lower(x)} stay unique. A decimal digit shares an alphabet with the nine other
 * digits of its kind. All other characters have no alphabet, so they stay.
 *
 * <p>Alphabets are built block by block from {@link Character} when they are needed. A later
 * Unicode version may add letters to an alphabet, which changes the masked values of its letters.
 * Any number of threads may use an instance.
 */
public final class Alphabets {
  /** The alphabets without kept characters. */
  public static final Alphabets ALL = new Alphabets("");

  private static final int PAGE_BITS = 8;
  private static final int PAGE_SIZE = 1 << PAGE_BITS;
  private static final int PAGES = (Character.MAX_CODE_POINT + 1) >> PAGE_BITS;

  /** One alphabet: the lower and the upper case of each symbol, which are equal without case. */
  public static final class Alphabet {
    public final int[] lower;
    public final int[] upper;

    public Alphabet(List<Integer> lower, List<Integer> upper) {
      this.lower = lower.stream().mapToInt(Integer::intValue).toArray();
      this.upper = upper.stream().mapToInt(Integer::intValue).toArray();
    }

    public int size() {
      return lower.length;
    }
  }

  /** The alphabets of 256 code points, and their symbols times two, plus one for upper case. */
  public static final class Page {
    public final @Nullable Alphabet[] alphabets = new @Nullable Alphabet[PAGE_SIZE];
    public final int[] symbols = new int[PAGE_SIZE];
  }

  private enum Kind {
    CASED,
    UPPER,
    LOWER,
    TITLE,
    MODIFIER,
    OTHER,
    DIGIT
  }

  private record Key(UnicodeScript script, Kind kind, int zero) implements Comparable<Key> {
    @Override
    public int compareTo(Key that) {
      int byScript = script.compareTo(that.script);
      int byKind = byScript != 0 ? byScript : kind.compareTo(that.kind);
      return byKind != 0 ? byKind : Integer.compare(zero, that.zero);
    }
  }

  private final Set<Integer> kept = new HashSet<>();
  private final AtomicReferenceArray<@Nullable Page> pages = new AtomicReferenceArray<>(PAGES);
  private final Map<Integer, Page> begun = new HashMap<>();
  private final Set<UnicodeBlock> blocks = new HashSet<>();

  /** Alphabets without these characters, which stay in either case. */
  public Alphabets(String keepChars) {
    keepChars
        .codePoints()
        .forEach(
            c -> {
              kept.add(Character.toLowerCase(c));
              kept.add(Character.toUpperCase(c));
              kept.add(c);
            });
  }

  /** The page with this number, which is {@code codePoint >>> 8}. */
  public Page page(int number) {
    Page page = pages.get(number);
    return page != null ? page : build(number);
  }

  private synchronized Page build(int number) {
    int start = number << PAGE_BITS;
    for (int c = start; c < start + PAGE_SIZE; c++) {
      UnicodeBlock block = UnicodeBlock.of(c);
      if (block != null && blocks.add(block)) {
        buildBlock(block, c);
      }
    }
    Page page = begun.computeIfAbsent(number, n -> new Page());
    pages.set(number, page);
    return page;
  }

  private void buildBlock(UnicodeBlock block, int member) {
    Map<Key, List<Integer>> lowers = new TreeMap<>();
    Map<Key, List<Integer>> uppers = new HashMap<>();
    int first = member;
    while (first > 0 && block.equals(UnicodeBlock.of(first - 1))) {
      first--;
    }
    for (int c = first; c <= Character.MAX_CODE_POINT && block.equals(UnicodeBlock.of(c)); c++) {
      Key key = kept.contains(c) ? null : key(c, block);
      if (key != null) {
        lowers.computeIfAbsent(key, k -> new ArrayList<>()).add(c);
        uppers
            .computeIfAbsent(key, k -> new ArrayList<>())
            .add(key.kind == Kind.CASED ? Character.toUpperCase(c) : c);
      }
    }
    lowers.forEach((key, lower) -> enter(lower, uppers.getOrDefault(key, lower)));
  }

  private void enter(List<Integer> lower, List<Integer> upper) {
    Alphabet alphabet = new Alphabet(lower, upper);
    for (int symbol = 0; symbol < lower.size(); symbol++) {
      enter(alphabet.upper[symbol], alphabet, symbol * 2 + 1);
      enter(alphabet.lower[symbol], alphabet, symbol * 2);
    }
  }

  private void enter(int codePoint, Alphabet alphabet, int symbol) {
    Page page = begun.computeIfAbsent(codePoint >>> PAGE_BITS, n -> new Page());
    page.alphabets[codePoint & (PAGE_SIZE - 1)] = alphabet;
    page.symbols[codePoint & (PAGE_SIZE - 1)] = symbol;
  }

  /** The alphabet of a code point; null if it stays or is the upper case of another one. */
  private @Nullable Key key(int c, UnicodeBlock block) {
    UnicodeScript script = UnicodeScript.of(c);
    return switch (Character.getType(c)) {
      case Character.LOWERCASE_LETTER ->
          new Key(script, hasPair(c, block) ? Kind.CASED : Kind.LOWER, 0);
      case Character.UPPERCASE_LETTER ->
          Character.toUpperCase(Character.toLowerCase(c)) == c
                  && hasPair(Character.toLowerCase(c), block)
              ? null
              : new Key(script, Kind.UPPER, 0);
      case Character.TITLECASE_LETTER -> new Key(script, Kind.TITLE, 0);
      case Character.MODIFIER_LETTER -> new Key(script, Kind.MODIFIER, 0);
      case Character.OTHER_LETTER -> new Key(script, Kind.OTHER, 0);
      case Character.DECIMAL_DIGIT_NUMBER ->
          new Key(script, Kind.DIGIT, c - Character.digit(c, 10));
      default -> null;
    };
  }

  private static boolean hasPair(int lower, UnicodeBlock block) {
    int upper = Character.toUpperCase(lower);
    return upper != lower
        && Character.toLowerCase(upper) == lower
        && Character.getType(lower) == Character.LOWERCASE_LETTER
        && Character.getType(upper) == Character.UPPERCASE_LETTER
        && block.equals(UnicodeBlock.of(lower))
        && block.equals(UnicodeBlock.of(upper))
        && UnicodeScript.of(upper) == UnicodeScript.of(lower);
  }
}
