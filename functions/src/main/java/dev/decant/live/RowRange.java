package dev.decant.live;

import dev.decant.schema.TableName;
import org.jspecify.annotations.Nullable;

/**
 * Some of the rows of a table of a static database, which one process reads. The ranges of a table
 * meet, and together they have its rows in the order of pg_dump.
 *
 * @param columns the columns in the form of a statement
 * @param bytes the size of the whole table in bytes
 * @param pages the pages of the whole table, or 0 if it is not divided
 * @param condition the WHERE clause of the rows that pg_dump writes, or null for all rows
 * @param state the state of the whole table, as {@link LiveTable} states it
 * @param from the first part of the range; {@link #PART_PAGES} pages are a part
 * @param to the part after the last one
 */
public record RowRange(
    TableName table,
    String columns,
    long bytes,
    long pages,
    @Nullable String condition,
    String state,
    long from,
    long to) {
  /** The pages of a part. */
  public static final int PART_PAGES = TableRows.PAGES;

  /** All rows of a table. */
  static RowRange all(TableRows table) {
    LiveTable live = table.table();
    return new RowRange(
        live.name(),
        table.columns(),
        live.bytes(),
        live.pages(),
        live.condition(),
        live.state(),
        0,
        table.parts());
  }

  /** Another range of the same table. */
  public RowRange part(long first, long end) {
    return new RowRange(table, columns, bytes, pages, condition, state, first, end);
  }

  /** The approximate size of the rows in bytes. */
  public long size() {
    return Math.max(1, Math.round((double) bytes * (to - from) / rows().parts()));
  }

  TableRows rows() {
    return new TableRows(new LiveTable(table, bytes, pages, condition, state), columns);
  }
}
