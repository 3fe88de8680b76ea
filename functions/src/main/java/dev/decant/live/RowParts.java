package dev.decant.live;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The parts of ranges of tables, in order. There may be millions of them, so none is kept. */
final class RowParts implements Iterator<PartsStream.Part> {
  private final Iterator<Range> ranges;
  private @Nullable Range range;
  private long next;

  /**
   * Neighbouring parts of a table.
   *
   * @param from the first part
   * @param to the part after the last one
   */
  record Range(TableRows table, long from, long to) {
    static Range all(TableRows table) {
      return new Range(table, 0, table.parts());
    }
  }

  RowParts(List<Range> ranges) {
    this.ranges = ranges.iterator();
  }

  @Override
  public boolean hasNext() {
    while ((range == null || next == range.to) && ranges.hasNext()) {
      range = ranges.next();
      next = range.from;
    }
    return range != null && next < range.to;
  }

  @Override
  public PartsStream.Part next() {
    if (!hasNext() || range == null) {
      throw new NoSuchElementException();
    }
    return new PartsStream.Part(range.table, next++);
  }
}
