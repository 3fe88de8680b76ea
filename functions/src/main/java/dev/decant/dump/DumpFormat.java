package dev.decant.dump;

import dev.decant.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Detects by its first bytes that a source is not a plain dump. */
final class DumpFormat {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
  private static final byte[] PG_DUMP = "pg_dump: ".getBytes(StandardCharsets.US_ASCII);

  private DumpFormat() {}

  /** Throws if the source is not a plain dump. Skips a byte order mark, as psql does. */
  static void check(DumpInput input) {
    var _ = input.require(PG_DUMP.length);
    if (input.available() == 0) {
      throw DumpProblem.of(ErrorCode.INPUT_CUT, 1, "The dump is empty. Make it or copy it again.");
    }
    if (holds(input, BYTE_ORDER_MARK)) {
      input.advance(input.position() + BYTE_ORDER_MARK.length);
    }
    if (holds(input, PG_DUMP)) {
      throw DumpProblem.invalid(
          1,
          "The dump begins with a message of pg_dump. Make it again without 2>&1, so that messages"
              + " go to the terminal.");
    }
  }

  private static boolean holds(DumpInput input, byte[] magic) {
    int from = input.position();
    return input.available() >= magic.length
        && Arrays.equals(input.buffer(), from, from + magic.length, magic, 0, magic.length);
  }
}
