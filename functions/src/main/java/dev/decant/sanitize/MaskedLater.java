package dev.decant.sanitize;

import dev.decant.frame.FrameSpool;
import dev.decant.run.RunGuard;
import dev.decant.scratch.ScratchDatabase;
import dev.decant.scratch.ScratchServer;
import dev.decant.scratch.ScratchServers;
import java.nio.file.Path;

/** The rows of a run that other processes will mask and load, after this one prepared it. */
record MaskedLater(SanitizeRequest request, SharedRun run) implements RowOrigin {
  @Override
  public ScratchServer open() {
    return ScratchServers.openShared(request.scratch().server(), run.role());
  }

  @Override
  public ScratchDatabase rows(ScratchServer server, ScratchDatabase empty) {
    return server.copy(empty, "rows");
  }

  @Override
  public FrameSpool spool(Path folder) {
    return new FrameSpool(folder);
  }

  @Override
  public LeakTrace trace(Path folder, RunGuard guard) {
    return LeakTrace.alone(request, folder, guard);
  }

  @Override
  public BlockLoader blocks(Places places) {
    throw new IllegalStateException("the rows of this run are masked by other processes");
  }
}
