package dev.decant.dump;

import java.nio.charset.StandardCharsets;

/**
 * The lines around the text of a sanitized dump that let psql run no command found in it, as
 * pg_dump has {@code \restrict} since August 2025. A psql that is older does not know it and would
 * stop there, so the lines ask psql for its version first. Where a variable is empty its line is
 * empty; else psql runs the command that it holds. The key is in the variables' names too: psql
 * replaces the name of a variable anywhere in a text, and nobody who writes the text may name them.
 */
public final class PsqlRestriction {
  private static final String KEY = "KEY";
  private static final String ON = ":decant_begin_";
  private static final String OFF = ":decant_end_";

  private static final String BEGIN =
      """
      SELECT CASE :VERSION_NUM / 10000 WHEN 13 THEN :VERSION_NUM >= 130022\
       WHEN 14 THEN :VERSION_NUM >= 140019 WHEN 15 THEN :VERSION_NUM >= 150014\
       WHEN 16 THEN :VERSION_NUM >= 160010 WHEN 17 THEN :VERSION_NUM >= 170006\
       ELSE :VERSION_NUM >= 180000 END AS decant_restricts \\gset
      \\set decant_begin_KEY
      \\set decant_end_KEY
      \\if :decant_restricts
      \\set decant_begin_KEY '\\\\restrict KEY'
      \\set decant_end_KEY '\\\\unrestrict KEY'
      \\endif
      :decant_begin_KEY
      """;

  private static final String BEFORE_KEY = BEGIN.substring(0, BEGIN.indexOf(KEY));

  private PsqlRestriction() {}

  /**
   * The lines before the text.
   *
   * @param key letters and digits that nobody who writes the text can know
   */
  public static String begin(String key) {
    return BEGIN.replace(KEY, key);
  }

  /** The line after the text, its footer included. */
  public static String end(String key) {
    return OFF + key + '\n';
  }

  /** The lines before a statement that psql may fail at without an end of the restore. */
  public static String beforeOptional(String key) {
    return end(key) + "\\set ON_ERROR_STOP off\n" + again(key);
  }

  /** The lines after such a statement. */
  public static String afterOptional(String key) {
    return end(key) + "\\set ON_ERROR_STOP on\n" + again(key);
  }

  private static String again(String key) {
    return ON + key + '\n';
  }

  /** How many bytes of unread text are lines of these; 0 where none are. */
  static int length(DumpInput input) {
    for (String before : new String[] {OFF, ON, BEFORE_KEY}) {
      if (holds(input, 0, before)) {
        String key = key(input, before.length());
        String text = before.equals(BEFORE_KEY) ? begin(key) : before + key + '\n';
        return !key.isEmpty() && holds(input, before.length(), text.substring(before.length()))
            ? text.length()
            : 0;
      }
    }
    return 0;
  }

  private static String key(DumpInput input, int offset) {
    int to = offset;
    while (input.require(to + 1) && isKey(input.buffer()[input.position() + to])) {
      to++;
    }
    return new String(
        input.buffer(), input.position() + offset, to - offset, StandardCharsets.US_ASCII);
  }

  private static boolean isKey(byte b) {
    return SqlLexer.isDigit(b) || (b > 0 && b != '_' && SqlLexer.isLetter(b));
  }

  private static boolean holds(DumpInput input, int offset, String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      int at = offset + i;
      if (!input.require(at + 1) || input.buffer()[input.position() + at] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** What lines that {@link #length} found do. */
  static MetaCommand command(byte[] text) {
    String found = new String(text, StandardCharsets.US_ASCII).stripTrailing();
    String key = found.substring(found.lastIndexOf('_') + 1);
    return new MetaCommand(
        found.startsWith(OFF) ? MetaCommand.Name.UNRESTRICT : MetaCommand.Name.RESTRICT, key);
  }
}
