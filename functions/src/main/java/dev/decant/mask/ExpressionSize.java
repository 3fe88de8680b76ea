package dev.decant.mask;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * An upper bound of the number of parts that a regular expression has after its counted repetitions
 * are written out. RE2 writes them out, so {@code ((a{1000}){1000}){1000}} would need gigabytes.
 */
final class ExpressionSize {
  static final int MOST = 10_000;

  private final String text;
  private final Deque<Long> outer = new ArrayDeque<>();
  private long total;
  private long last;
  private int at;

  private ExpressionSize(String text) {
    this.text = text;
  }

  /** The number of parts, or {@link #MOST} plus one if there are more. */
  static int of(String expression) {
    ExpressionSize size = new ExpressionSize(expression);
    while (size.at < expression.length()) {
      size.next();
    }
    return (int) Math.min(MOST + 1, size.worst());
  }

  /** The number of all parts, including those of groups that are not closed. */
  private long worst() {
    return outer.stream().mapToLong(Long::longValue).sum() + total;
  }

  private void next() {
    char c = text.charAt(at++);
    switch (c) {
      case '\\' -> part(escaped());
      case '[' -> {
        at = endOfClass();
        part(1);
      }
      case '(' -> {
        outer.push(total);
        total = 0;
      }
      case ')' -> {
        long inner = total;
        total = outer.isEmpty() ? 0 : outer.pop();
        part(inner + 1);
      }
      case '{' -> part((repetitions() - 1) * last);
      default -> part(1);
    }
  }

  private void part(long size) {
    last = Math.min(size, MOST + 1L);
    total = Math.min(total + last, MOST + 1L);
  }

  /** Skips the characters that belong to the backslash before, and returns the number of parts. */
  private int escaped() {
    if (!text.startsWith("Q", at)) {
      at++;
      return 1;
    }
    int end = text.indexOf("\\E", at);
    int literal = (end < 0 ? text.length() : end) - at;
    at += literal + 2;
    return literal;
  }

  /** The end of the character class that has just begun. Its first character may be a bracket. */
  private int endOfClass() {
    int i = at;
    i += i < text.length() && text.charAt(i) == '^' ? 1 : 0;
    i += i < text.length() && text.charAt(i) == ']' ? 1 : 0;
    while (i < text.length() && text.charAt(i) != ']') {
      i = text.startsWith("[:", i) ? endOfNamedClass(i) : i + (text.charAt(i) == '\\' ? 2 : 1);
    }
    return i + 1;
  }

  private int endOfNamedClass(int from) {
    int end = text.indexOf(":]", from);
    return end < 0 ? from + 1 : end + 2;
  }

  /** The larger of the numbers in the braces that have just begun, or 1 if there are none. */
  private int repetitions() {
    int most = 1;
    int number = 0;
    for (; at < text.length() && text.charAt(at) != '}'; at++) {
      char c = text.charAt(at);
      boolean digit = c >= '0' && c <= '9';
      if (!digit && c != ',') {
        return 1;
      }
      number = digit ? Math.min(number * 10 + c - '0', MOST) : 0;
      most = Math.max(most, number);
    }
    at++;
    return most;
  }
}
