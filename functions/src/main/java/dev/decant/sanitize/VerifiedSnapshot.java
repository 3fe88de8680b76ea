package dev.decant.sanitize;

import dev.decant.dump.DumpHeader;
import dev.decant.dump.DumpPart.Statement;
import dev.decant.frame.FrameList;
import dev.decant.frame.FrameSpool;
import dev.decant.load.Unverified;
import dev.decant.manifest.Manifest;
import dev.decant.policy.CheckedPolicy;
import dev.decant.sanitize.row.CopyBlock;
import dev.decant.schema.Schema;
import dev.decant.schema.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A complete and verified snapshot that waits in the spool to be published, with everything that
 * its manifest contains.
 *
 * @param catalog the schema of the dump
 * @param outcome the results of the sql steps and the assertions
 * @param anchors the rows that the policy's anchors found, by the name of the anchor
 * @param leakTrace the result of the leak trace
 * @param unverified the objects without rows that the scratch database could not create, or that
 *     failed there
 */
record VerifiedSnapshot(
    SnapshotFrames frames,
    SourceDump dump,
    Schema catalog,
    CheckedPolicy policy,
    ScratchVerification.Outcome outcome,
    Map<String, Manifest.Anchor> anchors,
    Unverified unverified,
    Manifest.LeakTrace leakTrace) {

  /**
   * The frames of the snapshot.
   *
   * @param spool holds the bytes of the frames
   * @param list the frames and their order
   * @param blocks the COPY blocks whose rows are in the frames, in the order of the dump
   */
  record SnapshotFrames(FrameSpool spool, FrameList list, List<CopyBlock> blocks) {
    /** The number of rows that are in the frames, by table. */
    Map<TableName, Long> rows() {
      return list.rows();
    }
  }

  /**
   * The facts about the dump for the manifest.
   *
   * @param beforeRows the statements that precede the rows
   * @param optional whether a restore continues if one of these statements fails
   * @param sha256 the SHA-256 of the source's bytes in hexadecimal, if the source was read whole
   * @param changed the objects that the policy dropped or changed
   */
  record SourceDump(
      DumpHeader header,
      List<Statement> beforeRows,
      Predicate<Statement> optional,
      Optional<String> sha256,
      List<Manifest.ChangedObject> changed) {}
}
