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
import java.util.Optional;
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
 * @param dump the SHA-256 of the recorded dump, or an empty text if there is none
 * @param items the rows of each item
 */
record ScalePlan(
    SourceFacts source,
    SnapshotName snapshot,
    String inputs,
    List<String> claims,
    @Nullable Scratch scratch,
    String dump,
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

  /**
   * Finds the plan of a run.
   *
   * @throws DecantException SNAPSHOT_DAMAGED if it cannot be read
   */
  static Optional<ScalePlan> find(ScaleFiles files, String run) {
    try {
      return files.unseal(FILE).map(ScalePlan::parse);
    } catch (DecantException e) {
      throw e.code() == ErrorCode.SNAPSHOT_DAMAGED ? unreadable(files, run) : e;
    }
  }

  private static DecantException unreadable(ScaleFiles files, String run) {
    return new DecantException(
        ErrorCode.SNAPSHOT_DAMAGED,
        "The plan "
            + files.location(FILE)
            + " cannot be read. It is damaged, or it was made with another masking key or by"
            + " another version of decant. Check the masking key. If the run is yours, run `decant"
            + " scale forget --run "
            + run
            + "`, and start again with a new plan.");
  }

  /** Reads the plan of a run. */
  static ScalePlan read(ScaleFiles files, String run) {
    return find(files, run)
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

  private static ScalePlan parse(byte[] json) {
    try {
      return JSON.readValue(json, ScalePlan.class);
    } catch (IOException e) {
      throw new DecantException(ErrorCode.SNAPSHOT_DAMAGED, "The plan has another format.");
    }
  }
}
