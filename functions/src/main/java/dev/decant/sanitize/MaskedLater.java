package dev.decant.sanitize;

import dev.decant.sanitize.row.BlockLoader;
import dev.decant.scratch.ScratchServer;
import dev.decant.scratch.ScratchServers;

/** The rows of a run that other processes will mask and load, after this one prepared it. */
record MaskedLater(SanitizeRequest request, SharedRun run) implements RowOrigin {
  @Override
  public ScratchServer open() {
    return ScratchServers.openShared(request.scratch().server(), run.role());
  }

  @Override
  public BlockLoader blocks(Places places) {
    throw new IllegalStateException("the rows of this run are masked by other processes");
  }
}
