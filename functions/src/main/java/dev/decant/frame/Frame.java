package dev.decant.frame;

import dev.decant.schema.TableName;
import org.jspecify.annotations.Nullable;

/**
 * One zstd frame of a snapshot.
 *
 * @param kind what it holds
 * @param table of a table's frames, else null
 * @param rows of a ROWS frame, else 0
 * @param offset in the snapshot, bytes
 * @param length of the compressed frame, bytes
 * @param textLength uncompressed, bytes
 * @param sha256 of the compressed frame, hex
 */
public record Frame(
    Kind kind,
    @Nullable TableName table,
    long rows,
    long offset,
    long length,
    long textLength,
    String sha256) {
  /** What a frame holds. */
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
