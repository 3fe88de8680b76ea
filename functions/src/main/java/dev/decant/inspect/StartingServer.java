package dev.decant.inspect;

import dev.decant.run.Waits;
import dev.decant.scratch.ScratchOptions;
import dev.decant.scratch.ScratchServer;
import dev.decant.scratch.ScratchServers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** A scratch server that starts while the caller does something else. The caller closes it. */
final class StartingServer implements AutoCloseable {
  /** How long a failed caller waits for a server that is still starting. */
  private static final int START_SECONDS = 10;

  private final CompletableFuture<ScratchServer> starting;

  private StartingServer(CompletableFuture<ScratchServer> starting) {
    this.starting = starting;
  }

  static StartingServer start(String scratch, ScratchOptions options) {
    return new StartingServer(
        CompletableFuture.supplyAsync(
            () -> ScratchServers.open(scratch, options),
            command -> Thread.ofPlatform().name("decant-scratch").daemon().start(command)));
  }

  /**
   * Waits until the server has started.
   *
   * @param guard is called many times a second, and throws to end the wait
   * @throws dev.decant.error.DecantException if it cannot be started
   */
  ScratchServer await(Runnable guard) {
    return Waits.result(starting, guard);
  }

  @Override
  public void close() {
    try {
      starting.thenAccept(ScratchServer::close).orTimeout(START_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      // Either the start failed, which await has reported, or the server closes once it has
      // started.
    }
  }
}
