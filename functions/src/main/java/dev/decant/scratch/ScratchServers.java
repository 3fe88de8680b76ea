package dev.decant.scratch;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.Database;
import dev.decant.postgres.ServerAddress;
import dev.decant.postgres.ServerUrl;
import java.util.List;

/** Opens scratch servers, and removes what dead runs left on them. */
public final class ScratchServers {
  private static final String EMBEDDED = "embedded";

  private ScratchServers() {}

  /**
   * Opens a server, which the caller closes. The databases of dead runs are removed from it first.
   *
   * @param spec {@code embedded}, or {@code postgresql://user[:password]@host:port/database[?…]};
   *     its role needs CREATEDB
   * @throws dev.decant.error.DecantException SCRATCH_FAILED if the server cannot be used,
   *     SETTING_INVALID if the text is neither, DATABASE_UNAVAILABLE if the server does not answer
   */
  public static ScratchServer open(String spec, ScratchOptions options) {
    if (spec.equals(EMBEDDED)) {
      return EmbeddedScratchServer.open(options);
    }
    if (!ServerUrl.isOne(spec)) {
      throw new DecantException(
          ErrorCode.SETTING_INVALID,
          "This is not a scratch server. Its text is not shown because it may hold a password."
              + " Write embedded or postgresql://user@host:port/database.");
    }
    return RemoteScratchServer.open(ServerUrl.parse(spec, System.getenv()), null);
  }

  /**
   * Opens a server that several processes of one run share, which the caller closes.
   *
   * @throws dev.decant.error.DecantException as {@link #open}; SETTING_INVALID for an embedded
   *     server
   */
  public static ScratchServer openShared(String spec, SharedRole role) {
    return RemoteScratchServer.open(shared(spec), role);
  }

  /**
   * A database that another process of the run kept on such a server. It is not dropped by its
   * close.
   */
  public static Database kept(String spec, SharedRole role, String name) {
    return RemoteScratchServer.kept(shared(spec), role, name);
  }

  /** Drops the databases and the role of a run. */
  public static void forget(String spec, SharedRole role) {
    RemoteScratchServer.forget(shared(spec), role);
  }

  private static ServerAddress shared(String spec) {
    if (!ServerUrl.isOne(spec)) {
      throw ScratchServer.notShared();
    }
    return ServerUrl.parse(spec, System.getenv());
  }

  /**
   * Ends the embedded servers of this account's dead runs and removes their data. Returns how many
   * there were.
   */
  public static int sweepEmbedded(ScratchOptions options) {
    return EmbeddedScratchServer.sweep(RunFolder.base(options, ServerUser.current()));
  }

  /** Drops the databases of dead runs on a server. Returns how many there were. */
  public static int sweepServer(String url) {
    return RemoteScratchServer.sweep(databases(url));
  }

  /** The databases of dead runs on a server. */
  public static List<String> deadDatabases(String url) {
    return RemoteScratchServer.dead(databases(url));
  }

  /** Drops a database if it is still one of a dead run. Returns whether it did. */
  public static boolean dropDead(String url, String name) {
    Databases databases = databases(url);
    boolean dead = RemoteScratchServer.dead(databases).contains(name);
    if (dead) {
      databases.drop(name);
    }
    return dead;
  }

  private static Databases databases(String url) {
    return RemoteScratchServer.databases(ServerUrl.parse(url, System.getenv()));
  }

  /**
   * Opens an embedded server for a demonstration, which the caller closes.
   *
   * @throws dev.decant.error.DecantException SCRATCH_FAILED if it cannot be started
   */
  public static TemporaryServer temporary(ScratchOptions options) {
    return EmbeddedScratchServer.open(options);
  }
}
