package dev.decant.dump;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Tells by its first bytes that a source is no plain dump. The seam for pg_dump's archives. */
final class DumpFormat {
  private static final byte[] ARCHIVE = "PGDMP".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TAR = "ustar".getBytes(StandardCharsets.US_ASCII);
  private static final int TAR_AT = 257;

  private DumpFormat() {}

  static void check(DumpInput input) {
    var _ = input.require(TAR_AT + TAR.length);
    if (input.available() == 0) {
      throw DumpProblem.of(ErrorCode.INPUT_CUT, 1, "the dump is empty. Make or copy it again");
    }
    if (holds(input, 0, ARCHIVE) || holds(input, TAR_AT, TAR)) {
      throw new DecantException(
          ErrorCode.INPUT_UNSUPPORTED,
          "this is an archive of pg_dump (custom, tar or directory format). Make a plain dump:"
              + " pg_dump --format=plain, or pg_restore --file=- ARCHIVE");
    }
  }

  private static boolean holds(DumpInput input, int offset, byte[] magic) {
    int from = input.position() + offset;
    return input.available() >= offset + magic.length
        && Arrays.equals(input.buffer(), from, from + magic.length, magic, 0, magic.length);
  }
}
