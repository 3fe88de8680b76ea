package dev.decant.frame;

import dev.decant.schema.TableName;
import org.jspecify.annotations.Nullable;

/**
 * A frame that waits to be published, in the file of a {@link FrameSpool} or in an object of its
 * store.
 *
 * @param kind the kind of its content
 * @param table the table that the frame belongs to; null for a DDL frame
 * @param rows the number of rows in a ROWS frame, 0 in others
 * @param offset the position in the file or in the object, in bytes
 * @param length the compressed length in bytes
 * @param textLength the uncompressed length in bytes
 * @param sha256 the SHA-256 of the compressed bytes in hex
 * @param key the key of the object that holds the frame; null for the file of the spool
 */
public record SpooledFrame(
    Frame.Kind kind,
    @Nullable TableName table,
    long rows,
    long offset,
    int length,
    int textLength,
    String sha256,
    @Nullable String key) {
  public SpooledFrame {
    if ((table == null) != (kind == Frame.Kind.DDL)) {
      throw new IllegalArgumentException("a DDL frame has no table, and every other frame has one");
    }
    if (rows != 0 && kind != Frame.Kind.ROWS) {
      throw new IllegalArgumentException("only a ROWS frame has rows");
    }
  }

  /** A frame in the file of a spool. */
  SpooledFrame(
      Frame.Kind kind,
      @Nullable TableName table,
      long rows,
      long offset,
      int length,
      int textLength,
      String sha256) {
    this(kind, table, rows, offset, length, textLength, sha256, null);
  }

  /** A frame in an object of a store, at the frame's offset. */
  public static SpooledFrame stored(Frame frame, String key) {
    return new SpooledFrame(
        frame.kind(),
        frame.table(),
        frame.rows(),
        frame.offset(),
        Math.toIntExact(frame.length()),
        Math.toIntExact(frame.textLength()),
        frame.sha256(),
        key);
  }

  /** The frame as it will be in the snapshot at this offset. */
  public Frame at(long snapshotOffset) {
    return new Frame(kind, table, rows, snapshotOffset, length, textLength, sha256);
  }
}
