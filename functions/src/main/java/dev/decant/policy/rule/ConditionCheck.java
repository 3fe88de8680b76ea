package dev.decant.policy.rule;

import dev.decant.mask.Condition;
import dev.decant.mask.Condition.Operator;
import dev.decant.mask.RegularExpression;
import dev.decant.mask.value.BooleanText;
import dev.decant.schema.Column;
import dev.decant.schema.Table;
import dev.decant.schema.TypeCategory;
import dev.decant.yaml.Nearest;
import dev.decant.yaml.Scope;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Checks the columns of a condition, and writes its values as COPY writes them. Rows are compared
 * as text, but {@code equals} means the same as {@code =} in SQL for the type of the column.
 */
record ConditionCheck(Table table, Scope scope, int line) {
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  Condition check(Condition condition) {
    return switch (condition) {
      case Condition.Compare compare ->
          column(compare.column()).map(c -> compare(compare, c)).orElse(compare);
      case Condition.In in -> column(in.column()).map(c -> in(in, c)).orElse(in);
      case Condition.IsNull isNull -> {
        var _ = column(isNull.column());
        yield isNull;
      }
      case Condition.All all -> new Condition.All(all.of().stream().map(this::check).toList());
      case Condition.Any any -> new Condition.Any(any.of().stream().map(this::check).toList());
      case Condition.Not not -> new Condition.Not(check(not.of()));
    };
  }

  private Optional<Column> column(String name) {
    Optional<Column> column = table.column(name);
    if (column.isEmpty()) {
      scope.problem(
          line,
          "The condition reads the column "
              + name
              + ", which "
              + table.name()
              + " does not have"
              + Nearest.advice(name, table.columns().stream().map(Column::name).toList()));
    } else if (column.get().generated()) {
      scope.problem(
          line,
          "The condition reads the column "
              + name
              + ", which is generated and not in the rows. Write the columns that it is computed"
              + " from.");
      return Optional.empty();
    }
    return column;
  }

  private Condition compare(Condition.Compare compare, Column column) {
    return switch (compare.operator()) {
      case EQUALS -> equal(compare, column);
      case NOT_EQUALS ->
          new Condition.Not(
              equal(
                  new Condition.Compare(compare.column(), Operator.EQUALS, compare.value()),
                  column));
      case LIKE -> like(compare, column, Operator.ILIKE);
      case NOT_LIKE -> like(compare, column, Operator.NOT_ILIKE);
      case ILIKE, NOT_ILIKE, MATCHES -> compare;
    };
  }

  private static Condition like(Condition.Compare compare, Column column, Operator ofCitext) {
    return isCitext(column)
        ? new Condition.Compare(compare.column(), ofCitext, compare.value())
        : compare;
  }

  private Condition in(Condition.In in, Column column) {
    List<Condition> each =
        in.values().stream()
            .map(v -> equal(new Condition.Compare(in.column(), Operator.EQUALS, v), column))
            .toList();
    boolean plain =
        each.stream()
            .allMatch(c -> c instanceof Condition.Compare x && x.operator() == Operator.EQUALS);
    return plain
        ? new Condition.In(
            in.column(), each.stream().map(c -> ((Condition.Compare) c).value()).toList())
        : new Condition.Any(each);
  }

  private Condition equal(Condition.Compare compare, Column column) {
    return switch (column.type().category()) {
      case BOOLEAN -> with(compare, column, BooleanText::copied);
      case SMALLINT, INTEGER, BIGINT -> with(compare, column, ConditionCheck::integer);
      case UUID -> with(compare, column, ConditionCheck::uuid);
      case NUMERIC -> numeric(compare, column);
      case TEXT -> text(compare, column);
      default -> compare;
    };
  }

  private Condition with(
      Condition.Compare compare, Column column, Function<String, Optional<String>> form) {
    Optional<String> value = form.apply(compare.value().strip());
    if (value.isEmpty()) {
      noValue(compare, column);
    }
    return new Condition.Compare(
        compare.column(), compare.operator(), value.orElse(compare.value()));
  }

  private void noValue(Condition.Compare compare, Column column) {
    scope.problem(
        line,
        "The condition compares the column "
            + compare.column()
            + " with a text that is not a value of the type "
            + column.type().name()
            + ". Write a value of this type.");
  }

  private static Optional<String> integer(String value) {
    try {
      return Optional.of(Long.toString(Long.parseLong(value)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> uuid(String value) {
    return Optional.of(value.toLowerCase(Locale.ROOT)).filter(v -> UUID.matcher(v).matches());
  }

  /** A number can be written in several ways: 5, 5.0 and 5.00. */
  private Condition numeric(Condition.Compare compare, Column column) {
    String value = compare.value().strip();
    if (!value.matches("[+-]?[0-9]{1,200}(\\.[0-9]{0,200})?|[+-]?\\.[0-9]{1,200}")) {
      if (!value.equals("NaN")) {
        noValue(compare, column);
      }
      return compare;
    }
    BigDecimal number = new BigDecimal(value);
    String digits = number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    String zeros = digits.contains(".") ? "0*" : "(\\.0*)?";
    return new Condition.Compare(
        compare.column(), Operator.MATCHES, "^" + RegularExpression.quoted(digits) + zeros + "$");
  }

  /** A char(n) is padded with blanks in the rows, and a citext ignores case. */
  private static Condition text(Condition.Compare compare, Column column) {
    String type = column.type().name();
    String value = compare.value();
    if (isCitext(column)) {
      return new Condition.Compare(
          compare.column(), Operator.ILIKE, value.replaceAll("([\\\\%_])", "\\\\$1"));
    }
    if (type.startsWith("character(") && column.type().maxLength() > 0) {
      String bare = value.stripTrailing();
      int missing = column.type().maxLength() - column.type().length().of(bare);
      return new Condition.Compare(
          compare.column(), compare.operator(), bare + " ".repeat(Math.max(0, missing)));
    }
    return compare;
  }

  private static boolean isCitext(Column column) {
    return column.type().category() == TypeCategory.TEXT && column.type().name().endsWith("citext");
  }
}
