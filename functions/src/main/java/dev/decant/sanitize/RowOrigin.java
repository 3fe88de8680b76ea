package dev.decant.sanitize;

import dev.decant.frame.FrameList;
import dev.decant.frame.FrameSpool;
import dev.decant.postgres.Database;
import dev.decant.run.RunGuard;
import dev.decant.scratch.ScratchDatabase;
import dev.decant.scratch.ScratchServer;
import java.nio.file.Path;

/** The place where the rows of a run are masked: this process, or others before it. */
interface RowOrigin {
  /** What the rows of a run need. */
  record Places(
      Database database,
      FrameSpool spool,
      FrameList frames,
      LeakTrace trace,
      AnchorRows anchors,
      ReadProgress progress,
      RunGuard guard,
      StageTimings timings) {}

  /** Opens the server of the scratch databases, which the caller closes. */
  ScratchServer open();

  /** The database that gets the rows, or has them already. It is a copy of the empty one. */
  ScratchDatabase rows(ScratchServer server, ScratchDatabase empty);

  /** Makes the spool in which the frames wait. */
  FrameSpool spool(Path folder);

  /** Begins the leak trace. */
  LeakTrace trace(Path folder, RunGuard guard);

  /** Brings the rows to their places. The caller closes it. */
  BlockLoader blocks(Places places);
}
