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
 * @param database the database to load into
 * @param role the role that owns the created objects, or null for the role that connects.
 *     Extensions always belong to the role that connects
 * @param rows the tables that get rows, and where the rows come from
 * @param jobs the number of connections that work at the same time
 * @param guard is called between the steps; it throws to end the load
 * @param unverified collects the objects without rows that the role may not create; if it is null,
 *     such an object fails the load
 */
public record LoadRequest(
    Content content,
    Database database,
    @Nullable String role,
    RowChoice rows,
    int jobs,
    Progress progress,
    Runnable guard,
    @Nullable Unverified unverified) {
  public LoadRequest {
    if (jobs < 1) {
      throw new IllegalArgumentException("jobs: " + jobs);
    }
  }

  /**
   * The snapshot.
   *
   * @param schema the statements of the snapshot, or those of them that are wanted
   */
  public record Content(Manifest manifest, FrameSource frames, SnapshotSchema schema) {}

  /**
   * The rows to load.
   *
   * @param wanted selects the tables that get rows
   * @param fromElsewhere the sources of rows that do not come from the snapshot, by the table. The
   *     rows of the table's partitions come from the same source
   */
  public record RowChoice(Predicate<TableName> wanted, Map<TableName, RowsFrom> fromElsewhere) {
    /** All rows of the snapshot. */
    static final RowChoice ALL = new RowChoice(table -> true, Map.of());

    public RowChoice {
      fromElsewhere = Map.copyOf(fromElsewhere);
    }
  }

  /** A request to load the whole snapshot. */
  public static LoadRequest all(
      Manifest manifest,
      FrameSource frames,
      Database database,
      int jobs,
      Progress progress,
      Runnable guard) {
    SnapshotSchema schema = SnapshotSchema.read(manifest.frames(), frames);
    Content content = new Content(manifest, frames, schema);
    return new LoadRequest(content, database, null, RowChoice.ALL, jobs, progress, guard, null);
  }
}
