package dev.decant.dump;

import dev.decant.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Detects by its first bytes that a source is not plain SQL. */
final class DumpFormat {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
  private static final Pattern ERROR_PAGE =
      Pattern.compile("\\s*(?:<\\?xml|<!DOCTYPE|<html|<Error|\\{\\s*[\"}]).*", Pattern.DOTALL);
  private static final int HEAD = 256;

  private DumpFormat() {}

  /** Throws if the source is not a plain dump. Skips a byte order mark, as psql does. */
  static void check(DumpInput input) {
    var _ = input.require(HEAD);
    if (input.available() == 0) {
      throw DumpProblem.of(ErrorCode.INPUT_CUT, 1, "The dump is empty. Make it or copy it again.");
    }
    if (holds(input, BYTE_ORDER_MARK)) {
      input.advance(input.position() + BYTE_ORDER_MARK.length);
    }
    int shown = Math.min(input.available(), HEAD);
    String head = new String(input.buffer(), input.position(), shown, StandardCharsets.ISO_8859_1);
    if (ERROR_PAGE.matcher(head).matches()) {
      throw DumpProblem.invalid(
          1,
          "This is HTML, XML or JSON instead of SQL, for example the error page of a storage"
              + " service that was saved as a file. Open the file, correct the error that it"
              + " describes, and download the dump again.");
    }
  }

  private static boolean holds(DumpInput input, byte[] magic) {
    int from = input.position();
    return input.available() >= magic.length
        && Arrays.equals(input.buffer(), from, from + magic.length, magic, 0, magic.length);
  }
}
