package dev.decant.manifest;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.frame.Frame;
import dev.decant.schema.TableName;
import java.util.HashMap;
import java.util.Map;

/**
 * Checks that the frames of a manifest cover the whole snapshot, so that a reader of the listed
 * frames does not lose rows.
 */
public final class ManifestFrames {
  private final Manifest manifest;
  private final String where;

  private ManifestFrames(Manifest manifest, String where) {
    this.manifest = manifest;
    this.where = where;
  }

  /**
   * Refuses a manifest whose frames do not cover all bytes of the dump and all rows of its tables.
   *
   * @param where the name of the manifest in messages
   * @throws DecantException {@link ErrorCode#SNAPSHOT_DAMAGED}
   */
  public static void requireWhole(Manifest manifest, String where) {
    ManifestFrames frames = new ManifestFrames(manifest, where);
    frames.requireAllBytes();
    frames.requireTables();
    frames.requireOrder();
    frames.requireAllRows();
  }

  private void requireAllBytes() {
    long end = 0;
    long text = 0;
    for (Frame frame : manifest.frames()) {
      require(frame.offset() == end && frame.length() > 0, "has a gap between its frames");
      end += frame.length();
      text += frame.textLength();
    }
    // The seek table follows.
    require(
        end > 0 && end < manifest.dump().size(),
        "lists frames that do not match the size of its dump");
    require(
        text == manifest.dump().textSize(),
        "states an uncompressed size that differs from the sum of its frames");
  }

  private void requireTables() {
    for (Frame frame : manifest.frames()) {
      boolean ofTable = frame.kind() != Frame.Kind.DDL;
      require(ofTable == (frame.table() != null), "has a frame of rows that belongs to no table");
      require(
          frame.kind() == Frame.Kind.ROWS ? frame.rows() > 0 : frame.rows() == 0,
          "has a frame with an impossible number of rows");
    }
  }

  /**
   * A plain tool reads the dump from its first to its last byte, and decant loads each frame into
   * its table. Both see the same rows only if the frames of a table stand within its COPY.
   */
  private void requireOrder() {
    TableName open = null;
    for (Frame frame : manifest.frames()) {
      boolean fits =
          switch (frame.kind()) {
            case DDL, COPY -> open == null;
            case ROWS, END -> open != null && open.equals(frame.table());
          };
      require(fits, "has a frame outside of the COPY of its table");
      open =
          switch (frame.kind()) {
            case DDL, END -> null;
            case COPY, ROWS -> frame.table();
          };
    }
    require(open == null, "has a COPY without an end");
  }

  private void requireAllRows() {
    Map<TableName, Long> left = new HashMap<>();
    long all = 0;
    for (Manifest.Table table : manifest.tables()) {
      require(left.put(table.table(), table.rowsOut()) == null, "lists a table twice");
      all += table.rowsOut();
    }
    require(
        all == manifest.rowsOut(),
        "states a total number of rows that differs from the sum of its tables");
    for (Frame frame : manifest.frames()) {
      if (frame.table() != null) {
        Long rows = left.computeIfPresent(frame.table(), (t, n) -> n - frame.rows());
        require(rows != null, "has rows of a table that it does not list");
      }
    }
    require(
        left.values().stream().allMatch(rows -> rows == 0),
        "states numbers of rows for its tables that differ from those of its frames");
  }

  private void require(boolean right, String wrong) {
    if (!right) {
      throw ManifestJson.damaged(where, wrong);
    }
  }
}
