package dev.decant.sanitize;

import dev.decant.frame.FrameSpool;
import dev.decant.run.RunGuard;
import dev.decant.sanitize.row.BlockLoader;
import dev.decant.scratch.ScratchDatabase;
import dev.decant.scratch.ScratchServer;
import dev.decant.scratch.ScratchServers;
import java.nio.file.Path;
import java.util.List;

/** The rows of a run that other processes masked and loaded. */
final class MaskedElsewhere implements RowOrigin {
  private final SanitizeRequest request;
  private final StoredShares shares;
  private List<StoredShares.Stored> taken = List.of();

  MaskedElsewhere(SanitizeRequest request, StoredShares shares) {
    this.request = request;
    this.shares = shares;
  }

  @Override
  public SanitizeRequest request() {
    return request;
  }

  @Override
  public ScratchServer open() {
    return ScratchServers.openShared(request.scratch().server(), shares.run().role());
  }

  @Override
  public ScratchDatabase rows(ScratchServer server, ScratchDatabase empty) {
    // The database is dropped at the end of the run only if its rows were taken.
    taken = shares.take().get();
    return server.adopt(shares.database());
  }

  @Override
  public FrameSpool spool(Path folder) {
    return new FrameSpool(folder, request.store());
  }

  @Override
  public LeakTrace trace(Path folder, RunGuard guard) {
    return LeakTrace.shared(request, folder, guard, shares.run());
  }

  @Override
  public BlockLoader blocks(Places places) {
    return new LoadedRows(taken, places);
  }
}
