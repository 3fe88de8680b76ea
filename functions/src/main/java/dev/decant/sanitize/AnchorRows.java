package dev.decant.sanitize;

import dev.decant.copy.CopyRow;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.Manifest;
import dev.decant.mask.MaskingPlan;
import dev.decant.policy.CheckedPolicy;
import dev.decant.schema.TableName;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Collects the masked row of each anchor. The run fails unless exactly one row matches each anchor.
 * The watches may be called by any worker thread.
 */
final class AnchorRows {
  private record Found(List<String> columns, byte[] row, int times) {}

  private final CheckedPolicy policy;
  private final Map<String, Found> found = new ConcurrentHashMap<>();

  AnchorRows(CheckedPolicy policy) {
    this.policy = policy;
  }

  /** The watches for the rows of a COPY block. */
  List<MaskingPlan.Watch> watches(TableName table, List<String> columns) {
    return policy.anchors().stream()
        .filter(a -> a.table().equals(table))
        .map(
            a ->
                new MaskingPlan.Watch(
                    a.where(),
                    row ->
                        found.merge(
                            a.name(),
                            new Found(columns, row, 1),
                            (one, other) -> new Found(one.columns, one.row, one.times + 1))))
        .toList();
  }

  /** Adds a row that another process of the run found. */
  void add(MaskedShare.FoundAnchor anchor) {
    found.merge(
        anchor.name(),
        new Found(anchor.columns(), anchor.row().getBytes(StandardCharsets.UTF_8), anchor.times()),
        (one, other) -> new Found(one.columns, one.row, one.times + other.times));
  }

  /** The rows that were found, for another process of the run. */
  List<MaskedShare.FoundAnchor> all() {
    return found.entrySet().stream()
        .map(
            e ->
                new MaskedShare.FoundAnchor(
                    e.getKey(),
                    e.getValue().columns,
                    new String(e.getValue().row, StandardCharsets.UTF_8),
                    e.getValue().times))
        .toList();
  }

  /**
   * Returns the anchors for the manifest, by name.
   *
   * @param withKeys the policy after it was checked against the primary keys
   */
  Map<String, Manifest.Anchor> resolve(CheckedPolicy withKeys) {
    Map<String, Manifest.Anchor> anchors = new HashMap<>();
    for (CheckedPolicy.Anchor anchor : withKeys.anchors()) {
      Found row = found.get(anchor.name());
      int times = row == null ? 0 : row.times;
      if (row == null || times != 1) {
        throw new DecantException(
            ErrorCode.ANCHOR_NOT_FOUND,
            "Anchor "
                + anchor.name()
                + ": The condition matches "
                + times
                + " rows of table "
                + anchor.table()
                + ", but it must match exactly one row. Correct the condition in the policy, or the"
                + " value of its parameter.");
      }
      anchors.put(
          anchor.name(), new Manifest.Anchor(anchor.table(), key(row, anchor.primaryKey())));
    }
    return anchors;
  }

  private static Map<String, String> key(Found found, List<String> primaryKey) {
    byte[] line = Arrays.copyOf(found.row, found.row.length + 1);
    line[found.row.length] = '\n';
    CopyRow row = new CopyRow();
    row.split(line, 0, line.length);
    Map<String, String> key = new HashMap<>();
    for (String column : primaryKey) {
      row.select(found.columns.indexOf(column));
      key.put(
          column,
          new String(row.bytes(), row.from(), row.to() - row.from(), StandardCharsets.UTF_8));
    }
    return key;
  }
}
