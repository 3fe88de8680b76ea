package dev.decant.detect.column;

import dev.decant.schema.TableName;
import org.jspecify.annotations.Nullable;

/** The results of sampling rows. */
public interface RowSamples {
  /** No rows are known. */
  RowSamples NONE =
      new RowSamples() {
        @Override
        public @Nullable ColumnProfile of(TableName table, String column) {
          return null;
        }

        @Override
        public long rows(TableName table) {
          return -1;
        }
      };

  /** The profile of a column, or null if its table was not sampled. */
  @Nullable ColumnProfile of(TableName table, String column);

  /** The rows of a table: counted in a dump, estimated in a live database; -1 if not known. */
  long rows(TableName table);
}
