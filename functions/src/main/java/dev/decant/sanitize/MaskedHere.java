package dev.decant.sanitize;

import dev.decant.frame.FrameSpool;
import dev.decant.run.RunGuard;
import dev.decant.scratch.ScratchDatabase;
import dev.decant.scratch.ScratchServer;
import dev.decant.scratch.ScratchServers;
import java.nio.file.Path;

/** The rows of an ordinary run, which this process masks and loads. */
record MaskedHere(SanitizeRequest request) implements RowOrigin {
  @Override
  public ScratchServer open() {
    return ScratchServers.open(request.scratch().server(), request.scratch().options());
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
