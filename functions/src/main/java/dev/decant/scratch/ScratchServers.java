package dev.decant.scratch;

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
    return spec.equals(EMBEDDED)
        ? EmbeddedScratchServer.open(options)
        : RemoteScratchServer.open(ServerUrl.parse(spec, System.getenv()));
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
        new Databases(ServerUrl.parse(url, System.getenv()), "SELECT 1"));
  }
}
