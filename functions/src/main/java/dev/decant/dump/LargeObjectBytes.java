package dev.decant.dump;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks the bytes that a call of {@code lowrite} writes. No scratch database runs these calls, so
 * an invalid one would be found by the readers of the snapshot.
 */
final class LargeObjectBytes {
  /** Hexadecimal digits in pairs, between which the server accepts blanks. */
  private static final Pattern HEX =
      Pattern.compile("\\\\x(?:[ \\n\\t\\r]|[0-9a-fA-F]{2})*+", Pattern.DOTALL);

  /** The older format, in which a byte is a character, {@code \\\\} or {@code \ooo}. */
  private static final Pattern ESCAPED =
      Pattern.compile("(?:[^\\\\]|\\\\\\\\|\\\\[0-3][0-7]{2})*+", Pattern.DOTALL);

  private LargeObjectBytes() {}

  /**
   * Throws if the statement is a {@code lowrite} of something else than valid bytes.
   *
   * @param tokens of a statement of the kind {@link StatementKind#LARGE_OBJECT_DATA}
   * @throws dev.decant.error.DecantException INPUT_INVALID
   */
  static void check(StatementTokens tokens, boolean backslashEscapes, long line) {
    int call = tokens.find(0, "lowrite");
    if (call < 0) {
      return;
    }
    @Nullable String bytes = tokens.constant(call + 4, backslashEscapes);
    boolean complete = tokens.isSymbol(call + 3, ',') && tokens.isSymbol(call + 5, ')');
    if (!complete || bytes == null || !isValid(bytes)) {
      throw DumpProblem.invalid(
          line,
          "This statement writes a part of a large object, and its bytes are not valid, so no"
              + " server accepts it. The file was changed or damaged. Make the dump again, or copy"
              + " it again. If nobody needs the large objects, make it with pg_dump"
              + " --no-large-objects.");
    }
  }

  private static boolean isValid(String bytes) {
    return (bytes.startsWith("\\x") ? HEX : ESCAPED).matcher(bytes).matches();
  }
}
