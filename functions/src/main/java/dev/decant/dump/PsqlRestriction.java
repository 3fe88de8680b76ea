package dev.decant.dump;

import dev.decant.schema.SqlQuotes;
import java.nio.charset.StandardCharsets;

/**
 * The lines around the text of a sanitized dump that prevent psql from running a command inside it.
 * pg_dump uses {@code \restrict} for this purpose since August 2025. An older psql does not know
 * that command and would stop, so the lines check the version of psql first. A line consists of a
 * variable: if the variable is empty, the line has no effect; otherwise psql runs the command that
 * the variable contains. psql replaces variables anywhere in the text, so their names contain the
 * key, which a person who can change the text does not know.
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
   * @param key letters and digits that a person who can change the text does not know
   */
  public static String begin(String key) {
    return BEGIN.replace(KEY, key);
  }

  /** The line after the text and its footer. */
  public static String end(String key) {
    return OFF + key + '\n';
  }

  /** The lines before a statement whose failure does not end the restore. */
  public static String beforeOptional(String key) {
    return end(key) + "\\set ON_ERROR_STOP off\n" + again(key);
  }

  /** The lines after a statement whose failure does not end the restore. */
  public static String afterOptional(String key) {
    return end(key) + "\\set ON_ERROR_STOP on\n" + again(key);
  }

  private static String again(String key) {
    return ON + key + '\n';
  }

  /** The length of these lines at the beginning of the unread text, or 0 if there are none. */
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
    return SqlQuotes.isDigit(b) || (b > 0 && b != '_' && SqlQuotes.isLetter(b));
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

  /** The command that the lines found by {@link #length} run. */
  static MetaCommand command(byte[] text) {
    String found = new String(text, StandardCharsets.US_ASCII).stripTrailing();
    String key = found.substring(found.lastIndexOf('_') + 1);
    return new MetaCommand(
        found.startsWith(OFF) ? MetaCommand.Name.UNRESTRICT : MetaCommand.Name.RESTRICT, key);
  }
}
