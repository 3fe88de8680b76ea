package dev.decant.scale;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.SnapshotName;
import dev.decant.schema.TableName;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The plan of a run. It is sealed in the store, so that nobody can leave an item out of it.
 *
 * @param source the facts about the source
 * @param snapshot the name of the snapshot
 * @param inputs the keyed digest of the policy and of the masks' versions
 * @param claims the IDs of the claims of the run, and the prefix of the uploads below each
 * @param scratch the databases that wait for the rows; null if the snapshot is published already
 * @param items the rows of each item
 */
record ScalePlan(
    SourceFacts source,
    SnapshotName snapshot,
    String inputs,
    List<String> claims,
    @Nullable Scratch scratch,
    List<List<PlannedRows>> items) {
  /** The file of the plan. */
  static final String FILE = "plan";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  ScalePlan {
    claims = List.copyOf(claims);
    items = List.copyOf(items);
  }

  /**
   * The scratch databases.
   *
   * @param schema the name of the one that has all objects and no rows
   * @param rows the name of the one that gets the rows
   * @param types the types that have stand-ins, by the names of the stand-ins
   * @param ofExtensions the tables that have stand-ins
   */
  record Scratch(
      String schema, String rows, Map<String, String> types, Set<TableName> ofExtensions) {}

  /** The tables of an item. */
  static Set<TableName> tables(List<PlannedRows> item) {
    return item.stream().map(PlannedRows::table).collect(Collectors.toSet());
  }

  byte[] json() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // records of strings and numbers can be written
    }
  }

  /** Reads the plan of a run. */
  static ScalePlan read(ScaleFiles files, String run) {
    return files
        .unseal(FILE)
        .map(ScalePlan::parse)
        .orElseThrow(
            () ->
                new DecantException(
                    ErrorCode.USAGE,
                    "The run "
                        + run
                        + " has no plan in the store: "
                        + files.location(FILE)
                        + " does not exist. Run decant scale plan first."));
  }

  static ScalePlan parse(byte[] json) {
    try {
      return JSON.readValue(json, ScalePlan.class);
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.SNAPSHOT_DAMAGED,
          "The plan of this run was written by another version of decant. Start the run again.");
    }
  }
}
