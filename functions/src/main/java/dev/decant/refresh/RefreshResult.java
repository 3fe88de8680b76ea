package dev.decant.refresh;

import dev.decant.manifest.Manifest;
import dev.decant.schema.TableName;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a refresh or a rollback ended.
 *
 * @param target of the targets file
 * @param database its name
 * @param host where it is
 * @param outcome what became of it
 * @param snapshot that is there now, or would be; null where a rollback does not know it
 * @param takenAt of the snapshot
 * @param rows by table
 * @param masks how many columns each mask served, by its name
 * @param columnsKept how many columns passed unchanged
 * @param truncated tables whose rows do not travel
 * @param absent optional tables that the source did not have
 * @param keptTables tables whose rows are the target's own
 * @param checks assertions and whether each holds
 * @param hooks that ran
 * @param previous the database that a rollback brings back; null where there is none
 * @param downtimeMillis from the first connection ended to the new database's name
 * @param millis by step
 * @param plan what a dry run would do, line by line
 * @param warnings what the caller must be told
 */
public record RefreshResult(
    String target,
    String database,
    String host,
    Outcome outcome,
    @Nullable String snapshot,
    @Nullable Instant takenAt,
    SortedMap<TableName, Long> rows,
    SortedMap<String, Integer> masks,
    int columnsKept,
    List<TableName> truncated,
    List<TableName> absent,
    List<TableName> keptTables,
    List<Check> checks,
    List<HookOutcome> hooks,
    @Nullable String previous,
    long downtimeMillis,
    Map<String, Long> millis,
    List<String> plan,
    List<String> warnings) {
  /** What became of the target. */
  public enum Outcome {
    REFRESHED,
    ROLLED_BACK,
    PLANNED
  }

  /** An assertion; {@code found} is what it counted, where it counts. */
  public record Check(String name, boolean holds, String found) {}

  /** A hook that ran: in which phase, and how. */
  public record HookOutcome(String phase, String hook, boolean ok, int attempts, long millis) {}

  /** How many columns each mask of a snapshot served. */
  static SortedMap<String, Integer> masks(Manifest manifest) {
    SortedMap<String, Integer> masks = new TreeMap<>();
    for (Manifest.Table table : manifest.tables()) {
      for (Manifest.Column column : table.columns()) {
        column.rules().stream()
            .map(Manifest.Rule::mask)
            .filter(mask -> !mask.equals("keep"))
            .distinct()
            .forEach(mask -> masks.merge(mask, 1, Integer::sum));
      }
    }
    return masks;
  }

  static int columnsKept(Manifest manifest) {
    return (int)
        manifest.tables().stream()
            .flatMap(table -> table.columns().stream())
            .filter(Manifest.Column::kept)
            .count();
  }

  /** Times by step, in order. */
  static Map<String, Long> times() {
    return new LinkedHashMap<>();
  }
}
