package dev.decant.live;

import dev.decant.archive.TocEntry;
import dev.decant.schema.TableName;

/**
 * The rows of one table as COPY statements, each of which returns a range of pages. The parts
 * together return the rows in the order of a sequential scan, which is the order of pg_dump.
 *
 * @param columns the columns in the form of a statement, without parentheses; empty for none
 */
record TableRows(LiveTable table, String columns) {
  /**
   * The pages of a part. Their text fits into the buffers of one stream, so that all connections
   * work while one stream is read.
   */
  static final int PAGES = 128;

  private static final String END = " FROM stdin;";

  /** The rows of an entry of the table of contents. */
  static TableRows of(TocEntry entry, LiveTable table) {
    return new TableRows(table, columns(TocEntry.utf8(entry.copy())));
  }

  /** The columns of {@code COPY app.users (id, name) FROM stdin;}, as pg_dump writes it. */
  static String columns(String copy) {
    int from = "COPY ".length();
    boolean quoted = false;
    while (from < copy.length() && (quoted || copy.charAt(from) != ' ')) {
      quoted ^= copy.charAt(from) == '"';
      from++;
    }
    int end = copy.lastIndexOf(END);
    if (!copy.startsWith("COPY ") || end < from) {
      throw new IllegalStateException("a COPY statement in another form than that of pg_dump");
    }
    return copy.substring(from, end).strip().replaceFirst("^\\(", "").replaceFirst("\\)$", "");
  }

  TableName name() {
    return table.name();
  }

  long parts() {
    return Math.max(1, (table.pages() + PAGES - 1) / PAGES);
  }

  /** The share of a part in the bytes of the table. All shares together are its bytes. */
  long bytes(long part) {
    long share = table.bytes() / parts();
    return part == parts() - 1 ? table.bytes() - part * share : share;
  }

  /** The statement that returns a part, counted from 0. The last part has no upper limit. */
  String copy(long part) {
    String lower = part == 0 ? "" : "ctid >= '(" + part * PAGES + ",0)'";
    String upper = part == parts() - 1 ? "" : "ctid < '(" + (part + 1) * PAGES + ",0)'";
    if (!lower.isEmpty() || !upper.isEmpty()) {
      String both = lower.isEmpty() || upper.isEmpty() ? "" : " AND ";
      return select("WHERE " + lower + both + upper);
    }
    return table.condition() != null
        ? select(table.condition())
        : "COPY " + name().sql() + (columns.isEmpty() ? "" : " (" + columns + ")") + " TO STDOUT";
  }

  private String select(String condition) {
    return "COPY (SELECT "
        + columns
        + " FROM ONLY "
        + name().sql()
        + ' '
        + condition
        + ") TO STDOUT";
  }
}
