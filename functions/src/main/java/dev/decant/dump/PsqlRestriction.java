package dev.decant.dump;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The lines around the text of a sanitized dump that let psql run no command found in it, as
 * pg_dump has {@code \restrict} since August 2025. A psql that is older does not know it and would
 * stop there, so the lines ask psql for its version first. Where a variable is empty its line is
 * empty; else psql runs the command that it holds.
 */
public final class PsqlRestriction {
  private static final String KEY = "KEY";

  private static final String BEGIN =
      """
      SELECT CASE :VERSION_NUM / 10000 WHEN 13 THEN :VERSION_NUM >= 130022\
       WHEN 14 THEN :VERSION_NUM >= 140019 WHEN 15 THEN :VERSION_NUM >= 150014\
       WHEN 16 THEN :VERSION_NUM >= 160010 WHEN 17 THEN :VERSION_NUM >= 170006\
       ELSE :VERSION_NUM >= 180000 END AS decant_restricts \\gset
      \\set decant_begin
      \\set decant_end
      \\if :decant_restricts
      \\set decant_begin '\\\\restrict KEY'
      \\set decant_end '\\\\unrestrict KEY'
      \\endif
      :decant_begin
      """;

  private static final String END = ":decant_end\n";
  private static final String AGAIN = ":decant_begin\n";

  private static final String BEFORE_OPTIONAL = END + "\\set ON_ERROR_STOP off\n" + AGAIN;
  private static final String AFTER_OPTIONAL = END + "\\set ON_ERROR_STOP on\n" + AGAIN;

  private static final int BEFORE_KEY = BEGIN.indexOf(KEY);

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
  public static String end() {
    return END;
  }

  /** The lines before a statement that psql may fail at without an end of the restore. */
  public static String beforeOptional() {
    return BEFORE_OPTIONAL;
  }

  /** The lines after such a statement. */
  public static String afterOptional() {
    return AFTER_OPTIONAL;
  }

  /** How many bytes of unread text are {@link #begin}'s, or {@link #end}'s; 0 where none are. */
  static int length(DumpInput input) {
    if (holds(input, 0, END)) {
      return END.length();
    }
    if (holds(input, 0, AGAIN)) {
      return AGAIN.length();
    }
    if (!holds(input, 0, BEGIN.substring(0, BEFORE_KEY))) {
      return 0;
    }
    int to = BEFORE_KEY;
    while (input.require(to + 1) && isKey(input.buffer()[input.position() + to])) {
      to++;
    }
    String key =
        new String(
            input.buffer(),
            input.position() + BEFORE_KEY,
            to - BEFORE_KEY,
            StandardCharsets.US_ASCII);
    String text = begin(key);
    return !key.isEmpty() && holds(input, to, text.substring(to)) ? text.length() : 0;
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

  /**
   * What a text that {@link #length} found does.
   *
   * @param restriction the key of the restriction that is in force, or null
   * @param lifted the key of the restriction that was in force before, or null
   */
  static MetaCommand command(byte[] text, @Nullable String restriction, @Nullable String lifted) {
    String found = new String(text, StandardCharsets.US_ASCII);
    return switch (found) {
      case END -> new MetaCommand(MetaCommand.Name.UNRESTRICT, String.valueOf(restriction));
      case AGAIN -> new MetaCommand(MetaCommand.Name.RESTRICT, String.valueOf(lifted));
      default ->
          new MetaCommand(
              MetaCommand.Name.RESTRICT,
              found.substring(BEFORE_KEY, found.indexOf('\'', BEFORE_KEY)));
    };
  }
}
