package dev.decant.sanitize;

import dev.decant.dump.DumpReader;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.frame.Frame;
import dev.decant.frame.SpooledFrame;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.sanitize.MaskedShare.MaskedTable;
import dev.decant.sanitize.StoredShares.Stored;
import dev.decant.sanitize.row.BlockLoader;
import dev.decant.sanitize.row.CopyBlock;
import dev.decant.schema.TableName;
import dev.decant.verify.WrittenRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Takes the rows that other processes masked and loaded: their frames, their counts, the rows of
 * anchors and the traced values. The dump has no rows itself.
 */
final class LoadedRows implements BlockLoader {
  private final List<Stored> shares;
  private final RowOrigin.Places places;
  private final Set<TableName> taken = new HashSet<>();

  /** The number of masked rows of each table whose rows stay in the table. */
  private final Map<TableName, Long> counts = new HashMap<>();

  LoadedRows(List<Stored> shares, RowOrigin.Places places) {
    this.shares = shares;
    this.places = places;
  }

  @Override
  public void load(DumpReader reader, CopyBlock block) {
    TableName table = block.table();
    if (reader.skipRows(places.guard()::check) > 0 || !taken.add(table)) {
      throw differ(table, "has rows that no process of this run has masked");
    }
    long batch = 1;
    for (Stored stored : shares) {
      if (stored.planned().contains(table)) {
        MaskedTable masked =
            stored
                .share()
                .table(table)
                .orElseThrow(() -> differ(table, "is absent from a part of the masked rows"));
        block.addRowsIn(masked.rowsIn());
        block.addRowsOut(masked.rowsOut());
        for (Frame frame : masked.frames()) {
          places.frames().add(block.part(), batch++, SpooledFrame.stored(frame, stored.frames()));
        }
      }
    }
    if (block.target().equals(table)) {
      counts.put(table, block.rowsOut());
    }
  }

  @Override
  public void finish() {
    requireAllTaken();
    for (Stored stored : shares) {
      places.guard().check();
      stored.share().anchors().forEach(places.anchors()::add);
      places.trace().add(stored.share(), stored.trace());
    }
    places.timings().run("load: count rows", this::requireCounts);
  }

  private void requireAllTaken() {
    for (Stored stored : shares) {
      for (MaskedTable masked : stored.share().tables()) {
        if (!taken.contains(masked.table())) {
          throw differ(masked.table(), "has masked rows, but the dump has no rows of it");
        }
      }
    }
  }

  /** The scratch database must have as many rows as the frames that will be published. */
  private void requireCounts() {
    try (Connection connection = places.database().connect()) {
      WrittenRows.count(connection, counts::containsKey)
          .forEach(
              (table, rows) -> {
                long masked = Objects.requireNonNull(counts.remove(table));
                if (rows != masked) {
                  throw differ(
                      table,
                      "has "
                          + rows
                          + " rows in the scratch database, but "
                          + masked
                          + " rows were masked");
                }
              });
    } catch (SQLException e) {
      throw DatabaseErrors.closing(e);
    }
    counts
        .keySet()
        .forEach(
            table -> {
              throw differ(table, "does not exist in the scratch database");
            });
  }

  private static DecantException differ(TableName table, String how) {
    return new DecantException(
        ErrorCode.ROWS_DIFFER,
        "Table "
            + table
            + ' '
            + how
            + ". The published rows would not be the verified ones, so nothing is published. Start"
            + " the run again from its plan. If that does not help, please report this error.");
  }

  @Override
  public void close() {}
}
