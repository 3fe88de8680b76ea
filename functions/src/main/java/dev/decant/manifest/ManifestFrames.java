package dev.decant.manifest;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.frame.Frame;
import dev.decant.schema.TableName;
import java.util.HashMap;
import java.util.Map;

/**
 * Checks that the frames of a manifest are those of the whole snapshot: a reader that follows the
 * list of frames must not lose rows because the list lacks some.
 */
final class ManifestFrames {
  private final Manifest manifest;
  private final String where;

  private ManifestFrames(Manifest manifest, String where) {
    this.manifest = manifest;
    this.where = where;
  }

  /**
   * Refuses a manifest whose frames leave out bytes of the dump or rows of a table.
   *
   * @param where how messages name the manifest
   * @throws DecantException {@link ErrorCode#SNAPSHOT_DAMAGED}
   */
  static void requireWhole(Manifest manifest, String where) {
    ManifestFrames frames = new ManifestFrames(manifest, where);
    frames.requireAllBytes();
    frames.requireTables();
    frames.requireAllRows();
  }

  private void requireAllBytes() {
    long end = 0;
    for (Frame frame : manifest.frames()) {
      require(frame.offset() == end && frame.length() > 0, "has a gap between its frames");
      end += frame.length();
    }
    // What follows is the seek table.
    require(end > 0 && end < manifest.dump().size(), "has other frames than its dump");
  }

  private void requireTables() {
    for (Frame frame : manifest.frames()) {
      boolean ofTable = frame.kind() != Frame.Kind.DDL;
      require(ofTable == (frame.table() != null), "has a frame of rows that is of no table");
      require(
          frame.kind() == Frame.Kind.ROWS ? frame.rows() > 0 : frame.rows() == 0,
          "has a frame with another number of rows than it can hold");
    }
  }

  private void requireAllRows() {
    Map<TableName, Long> left = new HashMap<>();
    long all = 0;
    for (Manifest.Table table : manifest.tables()) {
      require(left.put(table.table(), table.rowsOut()) == null, "lists a table twice");
      all += table.rowsOut();
    }
    require(all == manifest.rowsOut(), "has other rows in all than its tables");
    for (Frame frame : manifest.frames()) {
      if (frame.table() != null) {
        Long rows = left.computeIfPresent(frame.table(), (t, n) -> n - frame.rows());
        require(rows != null, "has rows of a table that it does not list");
      }
    }
    require(
        left.values().stream().allMatch(rows -> rows == 0),
        "has other rows in its tables than in its frames");
  }

  private void require(boolean right, String wrong) {
    if (!right) {
      throw ManifestJson.damaged(where, wrong);
    }
  }
}
