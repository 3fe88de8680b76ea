package dev.decant.dump;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The messages of pg_dump that are in the file because its standard error went there too (2>&1).
 * They are whole lines between two statements. The last one before the dump may be cut where the
 * buffer of standard error ended, so the dump begins in the same line.
 */
final class ProgramMessages {
  private static final Pattern MESSAGE =
      Pattern.compile("(?:\\S*/)?pg_(?:dump|dumpall|restore)(?:\\.exe)?: .*");

  /** A part of a message, and the first two characters of a dump. */
  private static final Pattern CUT = Pattern.compile("pg_(?:d(?:u(?:m(?:p(?:: ?.*)?)?)?)?)?--");

  private ProgramMessages() {}

  /** The length of the message at the beginning of the unread line, or 0 if there is none. */
  static int length(DumpInput input) {
    if (input.buffer()[input.position()] != 'p' && input.buffer()[input.position()] != '/') {
      return 0;
    }
    int length = input.lineLength();
    String line =
        new String(input.buffer(), input.position(), length, StandardCharsets.ISO_8859_1).strip();
    if (CUT.matcher(line).matches()) {
      return line.length() - 2;
    }
    return MESSAGE.matcher(line).matches() ? length : 0;
  }
}
