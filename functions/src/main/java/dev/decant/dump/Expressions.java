package dev.decant.dump;

import org.jspecify.annotations.Nullable;

/**
 * Computes the expressions in the rows of INSERT statements. A {@link DumpReader} calls it while it
 * reads the rows, in their order.
 */
public interface Expressions {
  /** Accepts each expression without computing it, for a reader whose rows nobody uses. */
  Expressions UNUSED =
      new Expressions() {
        @Override
        public Result compute(InsertExpression expression) {
          return new Result(null, "");
        }

        @Override
        public String uuid(String place) {
          return "00000000-0000-4000-8000-000000000000";
        }
      };

  /**
   * The result of an expression.
   *
   * @param value the value as COPY text without the escapes of COPY; null for SQL NULL
   * @param problem why the value could not be computed, as the object of "has"; it contains no text
   *     of the expression. Empty if the value was computed
   */
  record Result(@Nullable String value, String problem) {
    /** The result of an expression that was not computed. */
    public static Result refused(String problem) {
      return new Result(null, problem);
    }
  }

  /** Computes a value. */
  Result compute(InsertExpression expression);

  /**
   * The value of a function that makes random UUIDs. It is the same in each run over the dump.
   *
   * @param place identifies the call within the dump
   */
  String uuid(String place);
}
