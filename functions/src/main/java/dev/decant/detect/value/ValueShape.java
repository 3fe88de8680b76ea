package dev.decant.detect.value;

/**
 * The numbers of characters of several classes in a value, counted in one pass. These counts rule
 * out most kinds of values before a regular expression runs.
 *
 * @param length in characters
 * @param blanks blanks and other spaces
 */
public record ValueShape(
    int length, int digits, int letters, int blanks, int ats, int colons, int dots, int slashes) {
  public static ValueShape of(String text) {
    int digits = 0;
    int letters = 0;
    int blanks = 0;
    int ats = 0;
    int colons = 0;
    int dots = 0;
    int slashes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (Character.isLetter(c)) {
        letters++;
      } else if (Character.isWhitespace(c)) {
        blanks++;
      } else {
        switch (c) {
          case '@' -> ats++;
          case ':' -> colons++;
          case '.' -> dots++;
          case '/' -> slashes++;
          default -> {}
        }
      }
    }
    return new ValueShape(text.length(), digits, letters, blanks, ats, colons, dots, slashes);
  }

  /** Whether it has no blank. */
  boolean oneWord() {
    return blanks == 0;
  }
}
