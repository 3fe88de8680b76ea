package dev.decant.scale;

import dev.decant.live.RowRange;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts tables into items of about the same size. A large table of a database is in several items,
 * and small tables share one. A file of an archive is not cut. The rows of all items, one after the
 * other, are in the order of the tables.
 */
final class Items {
  /** The file that lists the items for the workflow. */
  static final String FILE = "items.json";

  /** The most items; an upload of S3 has at most 10,000 parts. */
  static final int MOST = 9_000;

  private final long bytes;
  private final List<List<PlannedRows>> items = new ArrayList<>();
  private List<PlannedRows> item = new ArrayList<>();
  private long size;

  private Items(long bytes) {
    this.bytes = bytes;
  }

  /**
   * @param bytes the size of an item as stored in the source
   */
  static List<List<PlannedRows>> of(List<PlannedRows> tables, long bytes) {
    long all = tables.stream().mapToLong(PlannedRows::size).sum();
    long size = Math.max(bytes, all / MOST);
    List<List<PlannedRows>> items = cut(tables, size);
    // Items are not full if the next file or part would not fit into them.
    while (items.size() > MOST) {
      size += size / 4;
      items = cut(tables, size);
    }
    return items;
  }

  private static List<List<PlannedRows>> cut(List<PlannedRows> tables, long bytes) {
    Items items = new Items(bytes);
    tables.forEach(items::add);
    items.end();
    return items.items;
  }

  private void add(PlannedRows rows) {
    switch (rows) {
      case PlannedRows.Pages(RowRange table) -> add(table);
      case PlannedRows.InFile file -> add(file);
    }
  }

  private void add(PlannedRows.InFile file) {
    if (size + file.size() > bytes) {
      end();
    }
    item.add(file);
    size += file.size();
  }

  private void add(RowRange table) {
    long from = table.from();
    while (from < table.to()) {
      long part = table.part(from, from + 1).size();
      if (size + part > bytes) {
        end();
      }
      long fit = Math.max(1, (bytes - size) / part);
      long to = Math.min(table.to(), from + fit);
      RowRange range = table.part(from, to);
      item.add(new PlannedRows.Pages(range));
      size += range.size();
      from = to;
    }
  }

  private void end() {
    if (!item.isEmpty()) {
      items.add(List.copyOf(item));
      item = new ArrayList<>();
      size = 0;
    }
  }

  /** The list for the workflow: {@code [{"item":0},…]}. */
  static String json(int count) {
    StringBuilder json = new StringBuilder("[");
    for (int i = 0; i < count; i++) {
      json.append(i == 0 ? "" : ",").append("{\"item\":").append(i).append('}');
    }
    return json.append("]\n").toString();
  }
}
