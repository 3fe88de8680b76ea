package dev.decant.sanitize;

import dev.decant.frame.Frame;
import dev.decant.schema.TableName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rows that one process masked and loaded for a {@link SharedRun}. It has no raw value.
 *
 * @param sources the masks whose raw values were traced; their numbers are their places in the list
 * @param excepted the columns whose values the policy excepts from the leak trace
 */
public record MaskedShare(
    List<MaskedTable> tables,
    List<FoundAnchor> anchors,
    List<TraceSource> sources,
    Set<String> excepted) {
  public MaskedShare {
    tables = List.copyOf(tables);
    anchors = List.copyOf(anchors);
    sources = List.copyOf(sources);
    excepted = Set.copyOf(excepted);
  }

  /**
   * The rows of one table.
   *
   * @param frames the frames in the order of the rows, with their offsets in the file of the share
   */
  public record MaskedTable(TableName table, long rowsIn, long rowsOut, List<Frame> frames) {
    public MaskedTable {
      frames = List.copyOf(frames);
    }
  }

  /**
   * A row that an anchor of the policy found.
   *
   * @param row the masked row, as COPY writes it
   * @param times how many rows were found; the row is one of them
   */
  public record FoundAnchor(String name, List<String> columns, String row, int times) {}

  /** A mask and its counts, as {@link dev.decant.trace.TracedMasks.Source} has them. */
  public record TraceSource(
      String name, String mask, boolean isTraced, long values, long returned) {}

  /** The rows of a table; empty if the share has no COPY block of it. */
  Optional<MaskedTable> table(TableName name) {
    return tables.stream().filter(table -> table.table().equals(name)).findFirst();
  }

  /** The number of all masked rows. */
  public long rowsOut() {
    return tables.stream().mapToLong(MaskedTable::rowsOut).sum();
  }
}
