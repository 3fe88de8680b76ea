package dev.decant.mask;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression in the syntax of RE2. A search takes time linear in the length of the value
 * and does not recurse, so a value that a user typed can neither stall a run nor overflow its
 * stack. An instance is immutable, so any number of threads may use it.
 */
public final class RegularExpression {
  private static final int MOST_CHARACTERS = 1000;

  private final Pattern pattern;

  /** Takes an expression for which {@link #problem} returns null. */
  RegularExpression(String expression) {
    pattern = Pattern.compile(expression);
  }

  /**
   * Explains what is wrong with an expression and what to write instead, or returns null. The
   * answer does not quote the expression, because it may contain the value of a parameter.
   */
  public static @Nullable String problem(String expression) {
    if (expression.length() > MOST_CHARACTERS) {
      return "The expression has more than "
          + MOST_CHARACTERS
          + " characters. Write a shorter one.";
    }
    if (ExpressionSize.of(expression) > ExpressionSize.MOST) {
      return "The repetitions of the expression multiply to more than "
          + ExpressionSize.MOST
          + " parts. Write smaller numbers in braces.";
    }
    try {
      var _ = Pattern.compile(expression);
      return null;
    } catch (PatternSyntaxException e) {
      return "This is not a regular expression in the syntax of RE2 ("
          + what(e)
          + place(expression, e)
          + "). Write it without look-around, back-references, possessive quantifiers and atomic"
          + " groups, which RE2 does not have.";
    }
  }

  /** The description of the mistake by RE2/J, which is one of a fixed set of texts. */
  private static String what(PatternSyntaxException e) {
    String description = e.getDescription();
    return description.contains("internal error") ? "unexpected )" : description;
  }

  private static String place(String expression, PatternSyntaxException e) {
    String part = e.getPattern();
    int at = part == null || part.isEmpty() ? -1 : expression.indexOf(part);
    return at < 0 ? "" : ", in the part that begins at character " + (at + 1);
  }

  /** Whether the UTF-8 value {@code [from, to)} contains a match of the expression. */
  boolean foundIn(byte[] value, int from, int to) {
    return pattern.matcher(Arrays.copyOfRange(value, from, to)).find();
  }

  /** An expression that matches only this text. */
  public static String quoted(String text) {
    return Pattern.quote(text);
  }
}
