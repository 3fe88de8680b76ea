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
 * The frames of a snapshot in order. The reader numbers the parts of the dump and the batches
 * within each part. Workers add frames under these numbers in the order in which they finish. Any
 * number of threads may add frames at the same time. The other methods are for one thread, after
 * all frames were added.
 *
 * <p>The {@code COPY} line of a table, its batches and its {@code \.} line form one part.
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
   * @throws IllegalStateException if there is already a frame with these numbers
   */
  public void add(long part, long batch, SpooledFrame frame) {
    if (frames.putIfAbsent(new Position(part, batch), frame) != null) {
      throw new IllegalStateException("two frames for part " + part + ", batch " + batch);
    }
  }

  /**
   * Replaces the ROWS frames of a table. If this is called twice for a table, the last call counts.
   *
   * @throws IllegalArgumentException if the table has no COPY frame, or a frame does not hold rows
   *     of the table
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

  /** Whether the snapshot has a {@code COPY} of this table, even one without rows. */
  boolean hasRowsPart(TableName table) {
    return frames.values().stream()
        .anyMatch(f -> f.kind() == Frame.Kind.COPY && table.equals(f.table()));
  }

  /** The number of rows of each table that has a {@code COPY}. */
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
   * @throws IllegalStateException if rows would stand outside of the COPY of their table
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
        // If a table has two COPY blocks, the new rows go into the first.
        List<SpooledFrame> rows = pending.put(frame.table(), List.of());
        all.addAll(rows == null ? List.of() : rows);
      }
    }
    if (open != null) {
      throw new IllegalStateException("no end of COPY " + open);
    }
    return all;
  }

  /** Returns the table whose COPY is open after this frame. */
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
