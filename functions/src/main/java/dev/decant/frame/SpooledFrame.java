package dev.decant.frame;

import dev.decant.schema.TableName;
import org.jspecify.annotations.Nullable;

/**
 * A frame that waits in a {@link FrameSpool}.
 *
 * @param kind what it holds
 * @param table of a table's frames, else null
 * @param rows of a ROWS frame, else 0
 * @param offset in the spool, bytes
 * @param length compressed, bytes
 * @param textLength uncompressed, bytes
 * @param sha256 of the compressed bytes, hex
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
      throw new IllegalArgumentException("a DDL frame has no table, every other has one");
    }
    if (rows != 0 && kind != Frame.Kind.ROWS) {
      throw new IllegalArgumentException("only a ROWS frame has rows");
    }
  }

  /** As it will be in the snapshot, from this offset on. */
  Frame at(long snapshotOffset) {
    return new Frame(kind, table, rows, snapshotOffset, length, textLength, sha256);
  }
}
