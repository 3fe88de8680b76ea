package dev.decant.frame;

import dev.decant.schema.TableName;
import org.jspecify.annotations.Nullable;

/**
 * One zstd frame of a snapshot.
 *
 * @param kind the kind of its content
 * @param table the table that the frame belongs to; null for a DDL frame
 * @param rows the number of rows in a ROWS frame, 0 in others
 * @param offset the position in the snapshot in bytes
 * @param length the compressed length in bytes
 * @param textLength the uncompressed length in bytes
 * @param sha256 the SHA-256 of the compressed frame in hex
 */
public record Frame(
    Kind kind,
    @Nullable TableName table,
    long rows,
    long offset,
    long length,
    long textLength,
    String sha256) {
  /** The kind of a frame's content. */
  public enum Kind {
    /** Statements: before the rows, between tables, or after the rows. */
    DDL,
    /** A table's {@code COPY … FROM stdin;} line. */
    COPY,
    /** Whole rows of one table. */
    ROWS,
    /** A table's {@code \.} line. */
    END
  }
}
