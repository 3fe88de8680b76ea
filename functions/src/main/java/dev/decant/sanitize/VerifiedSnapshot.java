package dev.decant.sanitize;

import dev.decant.dump.DumpHeader;
import dev.decant.dump.DumpPart.Statement;
import dev.decant.frame.FrameList;
import dev.decant.frame.FrameSpool;
import dev.decant.load.Unverified;
import dev.decant.manifest.Manifest;
import dev.decant.policy.CheckedPolicy;
import dev.decant.schema.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A snapshot that is whole and verified and waits in the spool, with all that its manifest tells.
 */
record Verified(
    FrameSpool spool,
    FrameList frames,
    List<RowPipeline.Block> blocks,
    CheckedPolicy policy,
    Schema schema,
    Verification.Outcome outcome,
    Map<String, Manifest.Anchor> anchors,
    DumpHeader header,
    List<Statement> beforeRows,
    Optional<String> sourceSha256,
    Unverified unverified) {}
