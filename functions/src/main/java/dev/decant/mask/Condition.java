package dev.decant.mask;

import java.util.List;

/** A condition of a policy (`when`, `where`) over the raw row, with SQL's meaning of NULL. */
public sealed interface Condition {
  /** The operators that compare a column with one value. */
  enum Operator {
    EQUALS,
    NOT_EQUALS,
    LIKE,
    ILIKE,
    NOT_LIKE,
    NOT_ILIKE,
    /** A regular expression in RE2's syntax that is found anywhere in the value. */
    MATCHES
  }

  /**
   * {@code { column: C, equals: V }} and its like. The value is the text that COPY would show,
   * unescaped.
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
