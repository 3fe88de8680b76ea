package dev.decant.scale;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.decant.archive.DataFile;
import dev.decant.live.RowRange;
import dev.decant.schema.TableName;

/** Rows of one table that one process reads. */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({
  @JsonSubTypes.Type(PlannedRows.Pages.class),
  @JsonSubTypes.Type(PlannedRows.InFile.class)
})
sealed interface PlannedRows {
  /** The table. */
  TableName table();

  /** The approximate size in bytes, as the source stores the rows. */
  long size();

  /** A range of the pages of a table of a database. */
  record Pages(RowRange range) implements PlannedRows {
    @Override
    public TableName table() {
      return range.table();
    }

    @Override
    public long size() {
      return range.size();
    }
  }

  /** All rows of a table, in a file of an archive. A compressed file cannot be divided. */
  record InFile(TableName table, DataFile file) implements PlannedRows {
    @Override
    public long size() {
      return file.size();
    }
  }
}
