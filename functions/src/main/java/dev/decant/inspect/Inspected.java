package dev.decant.inspect;

import dev.decant.detect.ddl.DdlFinding;
import dev.decant.detect.ddl.DdlInventory;
import dev.decant.dump.CreatedTable;
import dev.decant.schema.Schema;
import dev.decant.schema.TableName;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The contents of a source apart from its rows.
 *
 * @param schema with unique and foreign keys
 * @param samples of the rows; empty if there are none, or none were asked for
 * @param copied the tables that have rows in a dump, or all tables of a live database
 * @param ddl the objects of the source, and the findings in their DDL
 * @param notCreated the objects that the scratch database could not create, with the reasons; the
 *     schema lacks them
 * @param created the CREATE TABLE statements of the source, by table; empty for a live database
 */
public record Inspected(
    Schema schema,
    Samples samples,
    Set<TableName> copied,
    DdlInventory ddl,
    List<NotCreated> notCreated,
    Map<TableName, CreatedTable> created) {
  public Inspected {
    copied = Set.copyOf(copied);
    notCreated = List.copyOf(notCreated);
    created = Map.copyOf(created);
  }

  /** The findings in the DDL, in the order of the source. */
  public List<DdlFinding> findings() {
    return ddl.findings();
  }
}
