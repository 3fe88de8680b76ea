package dev.decant.sanitize;

import dev.decant.schema.TableName;
import dev.decant.scratch.ScratchDatabase;
import java.util.Map;
import java.util.Set;

/**
 * A run whose policy was checked and whose scratch databases wait for rows.
 *
 * @param schema the database that has all objects and no rows
 * @param rows the database that gets the rows and has no constraints yet
 * @param types the types of columns that have stand-ins in the databases, as {@link
 *     dev.decant.load.StandIns#types}
 * @param ofExtensions the tables of extensions that have stand-ins
 */
public record PreparedRun(
    ScratchDatabase schema,
    ScratchDatabase rows,
    Map<String, String> types,
    Set<TableName> ofExtensions) {
  /** What the other processes need. The work is claimed during each call. */
  public interface Plan {
    /** Is called before anything of the run is made. */
    void begin();

    /** Writes down what the other processes need. */
    void write(PreparedRun prepared);

    /** Removes what was written, because the run failed. */
    void undo();
  }
}
