package dev.decant.refresh;

import dev.decant.manifest.Manifest;
import dev.decant.schema.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The result of a refresh or a rollback that did not fail. */
public sealed interface RefreshResult {
  /** The database that the run was about. */
  Location location();

  /** The name of the database that a rollback would bring back; null if there is none. */
  @Nullable String previous();

  /** The actions of the run, step by step. */
  Activity activity();

  /**
   * A dry run: all guards passed, and nothing was changed.
   *
   * @param content the snapshot that a refresh would load; null for a rollback
   * @param keptTables the tables whose rows the target would keep
   * @param plan what the run would do, one line for each action
   */
  record Planned(
      Location location,
      @Nullable Content content,
      @Nullable String previous,
      List<TableName> keptTables,
      List<String> plan,
      Activity activity)
      implements RefreshResult {}

  /**
   * The target now has the snapshot.
   *
   * @param rows the number of rows of each table
   * @param keptTables the tables whose rows are the target's own
   * @param checks the target's assertions, all of which hold
   */
  record Refreshed(
      Location location,
      Content content,
      SortedMap<TableName, Long> rows,
      List<TableName> keptTables,
      List<Check> checks,
      @Nullable String previous,
      Activity activity)
      implements RefreshResult {}

  /**
   * An earlier run with the same token refreshed the target. This run did nothing.
   *
   * @param takenAt when the snapshot was taken; null if the history does not say so
   */
  record Repeated(
      Location location,
      String snapshot,
      @Nullable Instant takenAt,
      @Nullable String previous,
      Activity activity)
      implements RefreshResult {}

  /**
   * The target has its previous database again.
   *
   * @param snapshot the snapshot that this database came from; null if no refresh made it
   * @param previous the database that was replaced
   */
  record RolledBack(
      Location location, @Nullable String snapshot, String previous, Activity activity)
      implements RefreshResult {}

  /**
   * The location of a target.
   *
   * @param target its name in the targets file
   * @param host the host, or the folder of a Unix-domain socket
   */
  record Location(String target, String database, String host) {}

  /**
   * The contents of a snapshot, from its manifest.
   *
   * @param masks the number of columns that each mask served, by the name of the mask
   * @param columnsKept the number of columns that the policy keeps unchanged
   * @param truncated tables whose rows the policy leaves out
   * @param absent optional tables that the source did not have
   */
  record Content(
      String snapshot,
      Instant takenAt,
      SortedMap<String, Integer> masks,
      int columnsKept,
      List<TableName> truncated,
      List<TableName> absent) {
    static Content of(Manifest manifest) {
      return new Content(
          manifest.snapshot().toString(),
          manifest.source().takenAt(),
          masks(manifest),
          columnsKept(manifest),
          manifest.tables().stream()
              .filter(Manifest.Table::truncated)
              .map(Manifest.Table::table)
              .toList(),
          manifest.absentTables());
    }

    private static SortedMap<String, Integer> masks(Manifest manifest) {
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

    private static int columnsKept(Manifest manifest) {
      return (int)
          manifest.tables().stream()
              .flatMap(table -> table.columns().stream())
              .filter(Manifest.Column::kept)
              .count();
    }
  }

  /**
   * The actions of a run.
   *
   * @param hooks the hooks that ran, in order
   * @param downtimeMillis milliseconds between the end of the first session and the moment when the
   *     new database had the target's name
   * @param millis the duration of each step in milliseconds, in the order of the steps
   * @param warnings problems that did not stop the run
   */
  record Activity(
      List<HookOutcome> hooks,
      long downtimeMillis,
      Map<String, Long> millis,
      List<String> warnings) {}

  /** An assertion of the targets file; {@code found} is the count that it returned, or empty. */
  record Check(String name, boolean holds, String found) {}

  /** A hook that ran, and its phase. */
  record HookOutcome(String phase, String hook, boolean ok, int attempts, long millis) {}
}
