package dev.decant.dump;

import dev.decant.schema.TableName;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one block of a dump, as lines of COPY text in the default format. {@link RowReader}
 * passes the rows of ordinary COPY blocks on; {@link ConvertedRows} rewrites all other forms.
 */
interface BlockRows {
  /** The table of the block that is being read, or null after its end. */
  @Nullable TableName table();

  /** Fills a batch as {@link DumpReader#readRows} does. */
  boolean read(RowBatch batch);

  /** Reads the block to its end, and returns the number of rows that were not read before. */
  long skip(Runnable each);
}
