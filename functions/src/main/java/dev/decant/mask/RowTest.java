package dev.decant.mask;

import dev.decant.copy.RowView;
import dev.decant.mask.value.BooleanText;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A {@link Condition} that is prepared for the rows of one table. It follows the three-valued logic
 * of SQL. An instance is immutable.
 */
@FunctionalInterface
interface RowTest {
  /** The truth values of SQL. */
  enum Truth {
    TRUE,
    FALSE,
    UNKNOWN;

    static Truth of(boolean value) {
      return value ? TRUE : FALSE;
    }

    Truth not() {
      return switch (this) {
        case TRUE -> FALSE;
        case FALSE -> TRUE;
        case UNKNOWN -> UNKNOWN;
      };
    }
  }

  Truth test(RowView row);

  /** Whether the condition is true. It does not hold if it is unknown. */
  default boolean holds(RowView row) {
    return test(row) == Truth.TRUE;
  }

  /** Finds the columns of a condition. */
  interface Columns {
    int field(String column);

    Column column(String column);
  }

  static RowTest of(Condition condition, Columns columns) {
    return switch (condition) {
      case Condition.Compare c -> compare(c, columns);
      case Condition.In in -> in(in, columns);
      case Condition.IsNull n -> {
        int field = columns.field(n.column());
        yield row -> Truth.of(row.isNull(field) == n.isNull());
      }
      case Condition.All all -> all(compile(all.of(), columns));
      case Condition.Any any -> any(compile(any.of(), columns));
      case Condition.Not not -> {
        RowTest of = of(not.of(), columns);
        yield row -> of.test(row).not();
      }
    };
  }

  private static List<RowTest> compile(List<Condition> conditions, Columns columns) {
    return conditions.stream().map(c -> of(c, columns)).toList();
  }

  private static RowTest all(List<RowTest> tests) {
    return row -> {
      Truth result = Truth.TRUE;
      for (RowTest test : tests) {
        Truth truth = test.test(row);
        if (truth == Truth.FALSE) {
          return Truth.FALSE;
        }
        result = truth == Truth.UNKNOWN ? truth : result;
      }
      return result;
    };
  }

  private static RowTest any(List<RowTest> tests) {
    return row -> {
      Truth result = Truth.FALSE;
      for (RowTest test : tests) {
        Truth truth = test.test(row);
        if (truth == Truth.TRUE) {
          return Truth.TRUE;
        }
        result = truth == Truth.UNKNOWN ? truth : result;
      }
      return result;
    };
  }

  private static RowTest compare(Condition.Compare compare, Columns columns) {
    Column column = columns.column(compare.column());
    int field = columns.field(compare.column());
    return switch (compare.operator()) {
      case EQUALS -> bytes(field, literal(compare.value(), column), true);
      case NOT_EQUALS -> bytes(field, literal(compare.value(), column), false);
      case LIKE -> like(field, new LikePattern(compare.value(), false), true);
      case ILIKE -> like(field, new LikePattern(compare.value(), true), true);
      case NOT_LIKE -> like(field, new LikePattern(compare.value(), false), false);
      case NOT_ILIKE -> like(field, new LikePattern(compare.value(), true), false);
      case MATCHES -> {
        RegularExpression expression = new RegularExpression(compare.value());
        yield onValue(field, row -> expression.foundIn(row.bytes(), row.from(), row.to()));
      }
    };
  }

  private static RowTest like(int field, LikePattern like, boolean wanted) {
    return onValue(field, row -> like.matches(row.bytes(), row.from(), row.to()) == wanted);
  }

  private static RowTest in(Condition.In in, Columns columns) {
    Column column = columns.column(in.column());
    int field = columns.field(in.column());
    Set<String> values =
        in.values().stream().map(v -> copyText(v, column)).collect(Collectors.toUnmodifiableSet());
    return onValue(
        field,
        row -> {
          int length = row.to() - row.from();
          return values.contains(
              new String(row.bytes(), row.from(), length, StandardCharsets.UTF_8));
        });
  }

  private static RowTest bytes(int field, byte[] value, boolean equal) {
    return onValue(
        field,
        row -> Arrays.equals(row.bytes(), row.from(), row.to(), value, 0, value.length) == equal);
  }

  private static RowTest onValue(int field, Predicate<RowView> predicate) {
    return row -> {
      if (row.isNull(field)) {
        return Truth.UNKNOWN;
      }
      row.select(field);
      return Truth.of(predicate.test(row));
    };
  }

  private static byte[] literal(String value, Column column) {
    return copyText(value, column).getBytes(StandardCharsets.UTF_8);
  }

  /** The text that COPY writes for a value of a policy. */
  private static String copyText(String value, Column column) {
    return column.type().category() == TypeCategory.BOOLEAN
        ? BooleanText.copied(value).orElse(value)
        : value;
  }
}
