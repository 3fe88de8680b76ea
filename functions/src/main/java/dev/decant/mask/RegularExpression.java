package dev.decant.mask;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression in the syntax of RE2, which is searched for in time linear in the length of
 * the value and without recursion. A value that a user typed can therefore neither stall a run nor
 * overflow its stack. Immutable, for any number of threads.
 */
public final class RegularExpression {
  private static final int MOST_CHARACTERS = 1000;

  private final Pattern pattern;

  /** From an expression in which {@link #problem} finds nothing wrong. */
  RegularExpression(String expression) {
    pattern = Pattern.compile(expression);
  }

  /**
   * What is wrong with an expression and what to write instead, or null. The answer quotes nothing
   * of the expression, which may hold a parameter's value.
   */
  public static @Nullable String problem(String expression) {
    if (expression.length() > MOST_CHARACTERS) {
      return "an expression has at most " + MOST_CHARACTERS + " characters; write a shorter one";
    }
    if (ExpressionSize.of(expression) > ExpressionSize.MOST) {
      return "the repetitions of this expression multiply to more than "
          + ExpressionSize.MOST
          + " parts; write smaller numbers in braces";
    }
    try {
      var _ = Pattern.compile(expression);
      return null;
    } catch (PatternSyntaxException e) {
      return "this is not a regular expression in the syntax of RE2 ("
          + what(e)
          + place(expression, e)
          + "); RE2 has no look-around, back-references, possessive or atomic groups: write it"
          + " without them";
    }
  }

  /** RE2/J's sentence about the kind of mistake, which is one of a fixed set. */
  private static String what(PatternSyntaxException e) {
    String description = e.getDescription();
    return description.contains("internal error") ? "unexpected )" : description;
  }

  private static String place(String expression, PatternSyntaxException e) {
    String part = e.getPattern();
    int at = part == null || part.isEmpty() ? -1 : expression.indexOf(part);
    return at < 0 ? "" : ", in the part that begins at character " + (at + 1);
  }

  /** Whether the value {@code [from, to)}, in UTF-8, has the expression somewhere in it. */
  boolean foundIn(byte[] value, int from, int to) {
    return pattern.matcher(Arrays.copyOfRange(value, from, to)).find();
  }

  /** An expression that matches this text and nothing else. */
  public static String quoted(String text) {
    return Pattern.quote(text);
  }
}
