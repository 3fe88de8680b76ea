package dev.decant.sanitize;

import dev.decant.frame.FrameList;
import dev.decant.frame.FrameSpool;
import dev.decant.postgres.Database;
import dev.decant.progress.ReadProgress;
import dev.decant.progress.StageTimings;
import dev.decant.run.RunGuard;
import dev.decant.sanitize.row.BlockLoader;
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

  /** The request of the run. */
  SanitizeRequest request();

  /** Opens the server of the scratch databases, which the caller closes. */
  ScratchServer open();

  /** The database that gets the rows, or has them already. It is a copy of the empty one. */
  default ScratchDatabase rows(ScratchServer server, ScratchDatabase empty) {
    return server.copy(empty, "rows");
  }

  /** Makes the spool in which the frames wait. */
  default FrameSpool spool(Path folder) {
    return new FrameSpool(folder);
  }

  /** Begins the leak trace. */
  default LeakTrace trace(Path folder, RunGuard guard) {
    return LeakTrace.alone(request(), folder, guard);
  }

  /** Brings the rows to their places. The caller closes it. */
  BlockLoader blocks(Places places);
}
