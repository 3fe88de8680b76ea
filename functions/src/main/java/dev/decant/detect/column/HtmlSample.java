package dev.decant.detect.column;

import com.google.re2j.Pattern;

/** Recognizes HTML, which counts as free text and not as a document like XML. */
final class HtmlSample {
  private static final Pattern BEGIN =
      Pattern.compile(
          "(?is)<(!doctype html|html|head|body|p|div|span|h[1-6]|ul|ol|li|a|b|i|em|strong|br|hr"
              + "|img|table|tr|td|th|section|article|blockquote|pre|code|figure|header|footer"
              + "|font|center|script|style|iframe|!--)\\b.*|(?is)<!--.*");

  private HtmlSample() {}

  /** Whether a text begins with an element of HTML. */
  static boolean begins(String text) {
    return BEGIN.matches(text.length() > 64 ? text.substring(0, 64) : text);
  }
}
