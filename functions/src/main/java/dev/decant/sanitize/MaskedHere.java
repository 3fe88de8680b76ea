package dev.decant.sanitize;

import dev.decant.sanitize.row.BlockLoader;
import dev.decant.sanitize.row.RowPipeline;
import dev.decant.sanitize.row.RowTarget;
import dev.decant.scratch.ScratchServer;
import dev.decant.scratch.ScratchServers;

/** The rows of an ordinary run, which this process masks and loads. */
record MaskedHere(SanitizeRequest request) implements RowOrigin {
  @Override
  public ScratchServer open() {
    return ScratchServers.open(request.scratch().server(), request.scratch().options());
  }

  @Override
  public BlockLoader blocks(Places places) {
    return new RowPipeline(
        request.execution().jobs(),
        RowTarget.of(places.database()),
        places.spool(),
        places.frames(),
        places.trace().kits(request),
        places.guard(),
        places.progress(),
        places.timings());
  }
}
