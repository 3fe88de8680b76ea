package dev.decant.load;

import dev.decant.frame.FrameSource;
import dev.decant.manifest.Manifest;
import dev.decant.postgres.Database;
import dev.decant.progress.Progress;
import dev.decant.schema.TableName;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A request to load a snapshot into a new, empty database.
 *
 * @param manifest of the snapshot
 * @param frames of the snapshot
 * @param schema of the snapshot, or what of it is wanted
 * @param database to load into
 * @param role that shall own what is made; null: who connects. Extensions are made by who connects
 * @param rows which tables get their rows
 * @param rowsFrom tables whose rows, those of their partitions too, come from elsewhere
 * @param jobs connections at work at a time
 * @param guard asked between steps; throws to end the load
 * @param unverified where objects without rows are noted that the role may not create; null: such
 *     an object fails the load
 */
public record LoadRequest(
    Manifest manifest,
    FrameSource frames,
    SnapshotSchema schema,
    Database database,
    @Nullable String role,
    Predicate<TableName> rows,
    Map<TableName, RowsFrom> rowsFrom,
    int jobs,
    Progress progress,
    Runnable guard,
    @Nullable Unverified unverified) {
  public LoadRequest {
    rowsFrom = Map.copyOf(rowsFrom);
    if (jobs < 1) {
      throw new IllegalArgumentException("jobs: " + jobs);
    }
  }

  /** All of it. */
  public static LoadRequest all(
      Manifest manifest,
      FrameSource frames,
      Database database,
      int jobs,
      Progress progress,
      Runnable guard) {
    return new LoadRequest(
        manifest,
        frames,
        SnapshotSchema.read(manifest.frames(), frames),
        database,
        null,
        table -> true,
        Map.of(),
        jobs,
        progress,
        guard,
        null);
  }
}
