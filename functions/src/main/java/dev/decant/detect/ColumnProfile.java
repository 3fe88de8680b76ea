package dev.decant.detect;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts of the forms of the values in a sample of a column. It keeps no value: distinct values are
 * counted by their hashes. Only one thread may use an instance.
 */
public final class ColumnProfile {
  /** The largest number of values that are examined. More values would hardly change the shares. */
  public static final int SAMPLE = 5_000;

  private static final int LONGEST = 4_096;
  private static final int DISTINCT_LIMIT = 64;
  private static final List<ValueKind> KINDS = List.of(ValueKind.values());

  private final int limit;
  private final Map<ValueKind, Integer> kinds = new EnumMap<>(ValueKind.class);
  private final Set<Long> distinct = new HashSet<>();
  private int values;
  private int nulls;
  private int longest;
  private @Nullable DocumentProfile documents;
  private @Nullable ColumnProfile elements;

  public ColumnProfile() {
    this(SAMPLE);
  }

  /**
   * A profile of fewer values.
   *
   * @param limit the largest number of values that are examined
   */
  ColumnProfile(int limit) {
    this.limit = limit;
  }

  /** Whether the sample is complete. */
  public boolean full() {
    return values >= limit;
  }

  public void addNull() {
    nulls++;
  }

  /** Examines one value, in the text form of its type. */
  public void add(String value) {
    String text = value.strip();
    if (full() || text.isEmpty()) {
      return;
    }
    values++;
    longest = Math.max(longest, text.length());
    if (distinct.size() <= DISTINCT_LIMIT) {
      distinct.add(hash(text));
    }
    if (!document(text)) {
      count(text.length() > LONGEST ? text.substring(0, LONGEST) : text);
    }
  }

  private void count(String begin) {
    ValueShape shape = ValueShape.of(begin);
    for (ValueKind kind : KINDS) {
      if (kind.matches(begin, shape)) {
        kinds.merge(kind, 1, Integer::sum);
      }
    }
  }

  /** Examines a value that may be a document or an array. */
  private boolean document(String text) {
    Optional<DocumentContents.Format> format = DocumentProfile.format(text);
    if (format.isEmpty()) {
      return false;
    }
    documents = documents == null ? new DocumentProfile() : documents;
    return documents.add(text, format.get()) || array(text);
  }

  private boolean array(String text) {
    List<String> found = ArraySample.elements(text);
    if (!found.isEmpty()) {
      elements = elements == null ? new ColumnProfile(limit) : elements;
      found.forEach(elements::add);
    }
    return !found.isEmpty();
  }

  /** FNV-1a, 64 bits. */
  private static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ b) * 0x100000001b3L;
    }
    return hash;
  }

  /** The number of values that were examined, without NULLs and empty texts. */
  public int values() {
    return values;
  }

  /** The number of NULLs. */
  public int nulls() {
    return nulls;
  }

  /** The number of different values, at most 65. */
  public int distinct() {
    return distinct.size();
  }

  /** The number of characters of the longest value. */
  public int longest() {
    return longest;
  }

  /** The share of the values that have the form of a kind, from 0 to 1; 0 without values. */
  public double share(ValueKind kind) {
    return values == 0 ? 0 : (double) kinds.getOrDefault(kind, 0) / values;
  }

  /**
   * The kind that most values have, if their share is enough for that kind. If two kinds have the
   * same share, the earlier one counts.
   */
  Optional<ValueKind> prevailing(Set<ValueKind> among) {
    ValueKind best = null;
    for (ValueKind kind : among) {
      boolean enough = values > 0 && share(kind) >= kind.enough();
      if (enough && (best == null || share(kind) > share(best))) {
        best = kind;
      }
    }
    return Optional.ofNullable(best);
  }

  /** The documents among the values, if most of the values are documents. */
  Optional<DocumentProfile> documents() {
    return documents != null && 2 * documents.offered() > values
        ? Optional.of(documents)
        : Optional.empty();
  }

  /** The elements of the values that are arrays; empty if there are none. */
  Optional<ColumnProfile> elements() {
    return Optional.ofNullable(elements);
  }

  /**
   * Whether there are few values that repeat often, as in columns of states and kinds: at most 30
   * values that occur 20 times or more on average.
   */
  boolean repeats() {
    return values >= 100
        && distinct.size() <= 30
        && values >= 20 * distinct.size()
        && longest <= 40;
  }

  /** A text for the comment of a rule: {@code 99.8 % of 5,000 values}. */
  String shareText(ValueKind kind) {
    return String.format(Locale.ROOT, "%.1f %% of %,d values", 100 * share(kind), values);
  }
}
