package dev.decant.frame;

import dev.decant.schema.TableName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The frames of a snapshot, in order. The reader numbers the parts of the dump and the batches
 * within a part; workers add frames under these numbers in whatever order they finish. Any number
 * of threads may add at once; the other methods are for one thread after all have added.
 *
 * <p>A table's {@code COPY} line, its batches and its {@code \.} are one part.
 */
public final class FrameList {
  private record Position(long part, long batch) implements Comparable<Position> {
    private static final Comparator<Position> ORDER =
        Comparator.comparingLong(Position::part).thenComparingLong(Position::batch);

    @Override
    public int compareTo(Position other) {
      return ORDER.compare(this, other);
    }
  }

  private final ConcurrentSkipListMap<Position, SpooledFrame> frames =
      new ConcurrentSkipListMap<>();
  private final Map<TableName, List<SpooledFrame>> replacements = new HashMap<>();

  /**
   * Adds a frame. Numbers may have gaps.
   *
   * @throws IllegalStateException where there is one with these numbers
   */
  public void add(long part, long batch, SpooledFrame frame) {
    if (frames.putIfAbsent(new Position(part, batch), frame) != null) {
      throw new IllegalStateException("two frames for part " + part + ", batch " + batch);
    }
  }

  /**
   * Puts these ROWS frames in place of those that a table has. A later call for the same table
   * counts.
   *
   * @throws IllegalArgumentException where the table has no COPY frame, or a frame is not of its
   *     rows
   */
  public void replaceRows(TableName table, List<SpooledFrame> rows) {
    if (!hasRowsPart(table)) {
      throw new IllegalArgumentException(table + " has no rows part");
    }
    for (SpooledFrame frame : rows) {
      if (frame.kind() != Frame.Kind.ROWS || !table.equals(frame.table())) {
        throw new IllegalArgumentException("not rows of " + table + ": " + frame);
      }
    }
    replacements.put(table, List.copyOf(rows));
  }

  /** Whether the snapshot has a {@code COPY} of this table, with rows or none. */
  boolean hasRowsPart(TableName table) {
    return frames.values().stream()
        .anyMatch(f -> f.kind() == Frame.Kind.COPY && table.equals(f.table()));
  }

  /** Rows by table: of every table that has a {@code COPY}. */
  public Map<TableName, Long> rows() {
    Map<TableName, Long> rows = new HashMap<>();
    for (SpooledFrame frame : inOrder()) {
      if (frame.table() != null) {
        rows.merge(frame.table(), frame.rows(), Long::sum);
      }
    }
    return rows;
  }

  /**
   * All frames, in the snapshot's order.
   *
   * @throws IllegalStateException where rows would stand outside of their table's COPY
   */
  public List<SpooledFrame> inOrder() {
    List<SpooledFrame> all = new ArrayList<>(frames.size());
    Map<TableName, List<SpooledFrame>> pending = new HashMap<>(replacements);
    TableName open = null;
    for (SpooledFrame frame : frames.values()) {
      open = checked(open, frame);
      if (frame.kind() != Frame.Kind.ROWS || !replacements.containsKey(frame.table())) {
        all.add(frame);
      }
      if (frame.kind() == Frame.Kind.COPY) {
        // A table that has two COPY blocks has its new rows in the first.
        List<SpooledFrame> rows = pending.put(frame.table(), List.of());
        all.addAll(rows == null ? List.of() : rows);
      }
    }
    if (open != null) {
      throw new IllegalStateException("no end of COPY " + open);
    }
    return all;
  }

  /** The table whose COPY is open after a frame. */
  private static @Nullable TableName checked(@Nullable TableName open, SpooledFrame frame) {
    boolean fits =
        switch (frame.kind()) {
          case DDL, COPY -> open == null;
          case ROWS, END -> open != null && open.equals(frame.table());
        };
    if (!fits) {
      throw new IllegalStateException(
          frame + (open == null ? " outside of a COPY" : " within COPY " + open));
    }
    return switch (frame.kind()) {
      case DDL, END -> null;
      case COPY, ROWS -> frame.table();
    };
  }
}
