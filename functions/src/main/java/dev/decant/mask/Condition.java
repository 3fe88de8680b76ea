package dev.decant.mask;

import java.util.List;

/** A condition of a policy ({@code when}, {@code where}) on the raw row. NULL behaves as in SQL. */
public sealed interface Condition {
  /** The operators that compare a column with one value. */
  enum Operator {
    EQUALS,
    NOT_EQUALS,
    LIKE,
    ILIKE,
    NOT_LIKE,
    NOT_ILIKE,
    /** Looks for a regular expression in the syntax of RE2 anywhere in the value. */
    MATCHES
  }

  /**
   * {@code { column: C, equals: V }} and the other comparisons. The value is the unescaped text
   * that COPY writes.
   */
  record Compare(String column, Operator operator, String value) implements Condition {}

  /** {@code { column: C, in: [V, …] }}. */
  record In(String column, List<String> values) implements Condition {
    public In {
      values = List.copyOf(values);
    }
  }

  /** {@code { column: C, is-null: true|false }}. */
  record IsNull(String column, boolean isNull) implements Condition {}

  record All(List<Condition> of) implements Condition {
    public All {
      of = List.copyOf(of);
    }
  }

  record Any(List<Condition> of) implements Condition {
    public Any {
      of = List.copyOf(of);
    }
  }

  record Not(Condition of) implements Condition {}
}
