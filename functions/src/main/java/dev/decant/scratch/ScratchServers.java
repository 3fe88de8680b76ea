package dev.decant.scratch;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.ServerUrl;

/** Opens the servers that runs make their throw-away databases on, and sweeps after dead runs. */
public final class ScratchServers {
  private static final String EMBEDDED = "embedded";

  private ScratchServers() {}

  /**
   * Opens a server; whoever opens it closes it. What dead runs left there is removed first.
   *
   * @param spec {@code embedded}, or {@code postgresql://user[:password]@host:port/database[?…]};
   *     its role needs CREATEDB
   * @throws dev.decant.error.DecantException SCRATCH_FAILED with the ways out, SETTING_INVALID for
   *     a spec that is neither, DATABASE_UNAVAILABLE where the server does not answer
   */
  public static ScratchServer open(String spec, ScratchOptions options) {
    if (spec.equals(EMBEDDED)) {
      return EmbeddedScratchServer.open(options);
    }
    if (!ServerUrl.isOne(spec)) {
      throw new DecantException(
          ErrorCode.SETTING_INVALID,
          "not a scratch server: write embedded, or postgresql://user@host:port/database (what was"
              + " given is not shown: it may hold a password)");
    }
    return RemoteScratchServer.open(ServerUrl.parse(spec, System.getenv()));
  }

  /**
   * Ends the embedded servers of dead runs of this account and removes their data; says how many.
   */
  public static int sweepEmbedded(ScratchOptions options) {
    return EmbeddedScratchServer.sweep(RunFolder.base(options, ServerUser.current()));
  }

  /** Drops the databases that dead runs left on a server; says how many. */
  public static int sweepServer(String url) {
    return RemoteScratchServer.sweep(
        RemoteScratchServer.databases(ServerUrl.parse(url, System.getenv())));
  }

  /**
   * Opens an embedded server for a demonstration; whoever opens it closes it.
   *
   * @throws dev.decant.error.DecantException SCRATCH_FAILED with the ways out
   */
  public static TemporaryServer temporary(ScratchOptions options) {
    return EmbeddedScratchServer.open(options);
  }
}
