package dev.decant.detect.column;

import dev.decant.schema.TypeCategory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One place in the documents of a column: its scalar values, its members and its elements. Members
 * whose name looks like a value, and those beyond a limit, share one node. Only one thread may use
 * an instance.
 */
final class DocumentNode {
  /** The number of values that are examined for each place. */
  private static final int VALUES = 500;

  /** An object with more different names than this is a map, and its names are data. */
  private static final int MEMBERS = 60;

  private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

  private static final Pattern TIME =
      Pattern.compile(
          DAY.pattern() + "[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,9})?)?(Z|[+-][0-9:]{2,6})?");
  private static final Pattern UUID =
      Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /** Identification numbers of persons have more digits. */
  private static final int DIGITS_OF_KEYS = 7;

  /** Limits the number of places of one column. */
  static final class Budget {
    private final SampleMemory all;
    private int left;
    private boolean exceeded;

    /**
     * @param all the places of all columns
     */
    Budget(int places, SampleMemory all) {
      left = places;
      this.all = all;
    }

    private boolean take() {
      if (left == 0 || !all.takePlace()) {
        exceeded = true;
        return false;
      }
      left--;
      return true;
    }

    SampleMemory all() {
      return all;
    }

    boolean exceeded() {
      return exceeded;
    }
  }

  private final Budget budget;
  private final ColumnProfile values;
  private final Map<String, DocumentNode> members = new LinkedHashMap<>();
  private @Nullable ColumnProfile names;
  private @Nullable DocumentNode varying;
  private @Nullable DocumentNode elements;
  private int seen;
  private int objects;
  private int texts;
  private int times;
  private int days;
  private int uuids;
  private int whole;
  private int fractions;
  private int flags;

  DocumentNode(Budget budget) {
    this.budget = budget;
    this.values = new ColumnProfile(VALUES, budget.all());
  }

  void object() {
    objects++;
  }

  /** The member of this name, or null if there are too many places. */
  @Nullable DocumentNode member(String name) {
    DocumentNode known = members.get(name);
    if (known == null) {
      known = newMember(name);
    }
    if (known != null) {
      known.seen++;
    }
    return known;
  }

  private @Nullable DocumentNode newMember(String name) {
    if (members.size() < MEMBERS && !MemberName.isData(name)) {
      DocumentNode node = budget.take() ? new DocumentNode(budget) : null;
      if (node != null) {
        members.put(name, node);
      }
      return node;
    }
    names().add(name);
    if (varying == null && budget.take()) {
      varying = new DocumentNode(budget);
    }
    return varying;
  }

  /** The place of the elements of an array, or null if there are too many places. */
  @Nullable DocumentNode elements() {
    if (elements == null && budget.take()) {
      elements = new DocumentNode(budget);
    }
    if (elements != null) {
      elements.seen++;
    }
    return elements;
  }

  void text(String value) {
    texts++;
    days += DAY.matcher(value).matches() ? 1 : 0;
    times += TIME.matcher(value).matches() ? 1 : 0;
    uuids += UUID.matcher(value).matches() ? 1 : 0;
    values.add(value);
  }

  void number(String value) {
    if (value.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'))) {
      whole++;
    } else {
      fractions++;
    }
    values.add(value);
  }

  void flag() {
    flags++;
  }

  Map<String, DocumentNode> members() {
    return members;
  }

  @Nullable DocumentNode varying() {
    return varying;
  }

  /** The place of the elements, if there are any. */
  @Nullable DocumentNode elementsOrNull() {
    return elements;
  }

  ColumnProfile values() {
    return values;
  }

  /** The names of the members that share one node. */
  ColumnProfile names() {
    names = names == null ? new ColumnProfile(VALUES, budget.all()) : names;
    return names;
  }

  /** How often the place occurs. */
  int seen() {
    return seen;
  }

  int objects() {
    return objects;
  }

  /** Whether scalar values were found here. */
  boolean scalar() {
    return texts + whole + fractions + flags > 0;
  }

  /** The type of a column that could hold the values. */
  TypeCategory type() {
    if (texts > 0) {
      return ofTexts();
    }
    if (fractions > 0) {
      return TypeCategory.NUMERIC;
    }
    return whole > 0 ? TypeCategory.BIGINT : flags > 0 ? TypeCategory.BOOLEAN : TypeCategory.TEXT;
  }

  /** The type that all texts have the form of. */
  private TypeCategory ofTexts() {
    int all = texts + whole + fractions + flags;
    return days == all
        ? TypeCategory.DATE
        : times + days == all
            ? TypeCategory.TIMESTAMP
            : uuids == all ? TypeCategory.UUID : TypeCategory.TEXT;
  }

  /** Whether the values are whole numbers of a few digits or UUIDs, as surrogate keys are. */
  boolean keys() {
    return (type() == TypeCategory.BIGINT && values.longest() <= DIGITS_OF_KEYS)
        || type() == TypeCategory.UUID;
  }
}
