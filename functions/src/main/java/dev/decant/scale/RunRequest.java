package dev.decant.scale;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.SnapshotName;
import dev.decant.sanitize.SanitizeRequest;
import dev.decant.source.Source;
import dev.decant.store.SnapshotStore;
import dev.decant.stream.Digests;
import java.util.function.BiFunction;

/**
 * The request of a process that continues a run. The plan knows the source and the name.
 *
 * @param store the store of the run
 * @param make makes the request by the settings of this process
 */
public record RunRequest(
    SnapshotStore store, BiFunction<Source, SnapshotName, SanitizeRequest> make) {
  /**
   * The request for the recorded dump of a plan.
   *
   * @throws DecantException REFUSED if this process has another policy than the plan
   */
  SanitizeRequest of(ScaleFiles files, ScalePlan plan) {
    byte[] dump = dump(files, plan);
    SanitizeRequest request = make.apply(new RecordedDump(plan.source(), dump), plan.snapshot());
    if (!request.inputs().equals(plan.inputs())) {
      throw new DecantException(
          ErrorCode.REFUSED,
          "The policy, its parameters or the version of the masks are not those of the plan of this"
              + " run. Use the same settings and the same version of decant for all commands of a"
              + " run, or start again with a new plan.");
    }
    return request;
  }

  /** The dump of this plan, not that of an earlier plan of the run. */
  private static byte[] dump(ScaleFiles files, ScalePlan plan) {
    if (plan.scratch() == null) {
      return new byte[0];
    }
    return files
        .unseal(RecordedDump.FILE)
        .filter(dump -> Digests.sha256(dump).equals(plan.dump()))
        .orElseThrow(
            () ->
                new DecantException(
                    ErrorCode.SNAPSHOT_DAMAGED,
                    files.location(RecordedDump.FILE)
                        + " is absent, or it is not that of the plan. Nothing is published. Start"
                        + " the run again with a new plan."));
  }
}
