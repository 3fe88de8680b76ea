package dev.decant.detect.column;

import dev.decant.detect.DocumentContents;
import dev.decant.detect.value.ValueKind;
import dev.decant.detect.value.ValueShape;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
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

  /** The forms of so many values are examined, and those of each fourth one after them. */
  private static final int DENSE = 500;

  private static final int SPARSE = 4;
  private static final int LONGEST = 4_096;

  /** The number of rows that a value must have so that it identifies nobody, as in k-anonymity. */
  private static final int SHARED = 5;

  private static final int DISTINCT_LIMIT = 64;

  /** Forms that values with another meaning have only by chance. */
  static final Set<ValueKind> CERTAIN =
      EnumSet.of(
          ValueKind.EMAIL,
          ValueKind.IBAN,
          ValueKind.PASSWORD_HASH,
          ValueKind.SECRET,
          ValueKind.MAC,
          ValueKind.INTERNATIONAL_PHONE,
          ValueKind.USER_AGENT);

  private static final List<ValueKind> KINDS = List.of(ValueKind.values());

  private final int limit;
  private final SampleMemory memory;
  private final Map<ValueKind, Integer> kinds = new EnumMap<>(ValueKind.class);
  private long[] hashes = new long[4];
  private int distinct;
  private int values;
  private int examined;
  private int nulls;
  private int longest;
  private @Nullable String beginning;
  private @Nullable DocumentProfile documents;
  private @Nullable ColumnProfile elements;

  /**
   * A profile of the values of a column.
   *
   * @param memory of all columns of the source
   */
  public ColumnProfile(SampleMemory memory) {
    this(SAMPLE, memory);
  }

  /**
   * A profile of fewer values.
   *
   * @param limit the largest number of values that are examined
   */
  ColumnProfile(int limit, SampleMemory memory) {
    this.limit = limit;
    this.memory = memory;
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
    beginning = beginning == null ? text : common(beginning, text);
    if (distinct <= DISTINCT_LIMIT) {
      addDistinct(hash(text));
    }
    if (values > DENSE && values % SPARSE != 0) {
      return;
    }
    examined++;
    if (!document(text)) {
      count(text.length() > LONGEST ? text.substring(0, LONGEST) : text);
    }
  }

  /** Adds the counts of another profile of the same column, such as that of another partition. */
  public void join(ColumnProfile other) {
    other.kinds.forEach((kind, count) -> kinds.merge(kind, count, Integer::sum));
    for (int i = 0; i < other.distinct && distinct <= DISTINCT_LIMIT; i++) {
      addDistinct(other.hashes[i]);
    }
    values += other.values;
    examined += other.examined;
    nulls += other.nulls;
    longest = Math.max(longest, other.longest);
    if (other.beginning != null) {
      beginning = beginning == null ? other.beginning : common(beginning, other.beginning);
    }
    if (other.documents != null) {
      documents = documents == null ? other.documents : documents.joined(other.documents);
    }
    if (other.elements != null) {
      if (elements == null) {
        elements = other.elements;
      } else {
        elements.join(other.elements);
      }
    }
  }

  private static String common(String a, String b) {
    int end = 0;
    while (end < a.length() && end < b.length() && a.charAt(end) == b.charAt(end)) {
      end++;
    }
    return a.substring(0, end);
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
    documents = documents == null ? new DocumentProfile(memory) : documents;
    return documents.add(text, format.get()) || array(text);
  }

  private boolean array(String text) {
    List<String> found = ArraySample.elements(text);
    if (!found.isEmpty()) {
      elements = elements == null ? new ColumnProfile(limit, memory) : elements;
      found.forEach(elements::add);
    }
    return !found.isEmpty();
  }

  private void addDistinct(long hash) {
    for (int i = 0; i < distinct; i++) {
      if (hashes[i] == hash) {
        return;
      }
    }
    if (distinct == hashes.length) {
      hashes = Arrays.copyOf(hashes, Math.min(2 * distinct, DISTINCT_LIMIT + 1));
    }
    hashes[distinct++] = hash;
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
    return distinct;
  }

  /** The number of characters of the longest value. */
  public int longest() {
    return longest;
  }

  /** The share of the values that have the form of a kind, from 0 to 1; 0 without values. */
  public double share(ValueKind kind) {
    return examined == 0 ? 0 : (double) kinds.getOrDefault(kind, 0) / examined;
  }

  /**
   * Whether any examined value shows a person or a secret, by a form that values with another
   * meaning have only by chance.
   */
  public boolean showsSomebody() {
    return kinds.containsKey(ValueKind.EMAIL_INSIDE)
        || CERTAIN.stream().anyMatch(kinds::containsKey)
        || (elements != null && elements.showsSomebody());
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
    return documents != null && 2 * documents.offered() > examined
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
    return occursOnAverage(20);
  }

  /**
   * Whether the values are so few that a value identifies nobody: at most 30 short values that
   * occur {@value #SHARED} times or more on average.
   */
  public boolean isShared() {
    return occursOnAverage(SHARED);
  }

  private boolean occursOnAverage(int times) {
    return values >= 100 && distinct <= 30 && values >= times * distinct && longest <= 40;
  }

  /** Whether all values begin alike up to the last half, as the numbers of one series do. */
  boolean series() {
    return beginning != null && distinct > 1 && 2 * beginning.length() >= longest;
  }

  /** A text for the comment of a rule: {@code 99.8 % of 5,000 values}. */
  String shareText(ValueKind kind) {
    return String.format(Locale.ROOT, "%.1f %% of %,d values", 100 * share(kind), examined);
  }
}
