package dev.decant.frame;

import dev.decant.schema.TableName;
import org.jspecify.annotations.Nullable;

/**
 * A frame that waits in a {@link FrameSpool}.
 *
 * @param kind the kind of its content
 * @param table the table that the frame belongs to; null for a DDL frame
 * @param rows the number of rows in a ROWS frame, 0 in others
 * @param offset the position in the spool in bytes
 * @param length the compressed length in bytes
 * @param textLength the uncompressed length in bytes
 * @param sha256 the SHA-256 of the compressed bytes in hex
 */
public record SpooledFrame(
    Frame.Kind kind,
    @Nullable TableName table,
    long rows,
    long offset,
    int length,
    int textLength,
    String sha256) {
  public SpooledFrame {
    if ((table == null) != (kind == Frame.Kind.DDL)) {
      throw new IllegalArgumentException("a DDL frame has no table, and every other frame has one");
    }
    if (rows != 0 && kind != Frame.Kind.ROWS) {
      throw new IllegalArgumentException("only a ROWS frame has rows");
    }
  }

  /** The frame as it will be in the snapshot at this offset. */
  Frame at(long snapshotOffset) {
    return new Frame(kind, table, rows, snapshotOffset, length, textLength, sha256);
  }
}
