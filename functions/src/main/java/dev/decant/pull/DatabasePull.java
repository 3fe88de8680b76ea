package dev.decant.pull;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.error.ErrorKind;
import dev.decant.frame.FrameSource;
import dev.decant.load.LoadRequest;
import dev.decant.load.LoadResult;
import dev.decant.load.ServerDifferences;
import dev.decant.load.SnapshotLoad;
import dev.decant.load.SnapshotSchema;
import dev.decant.load.Unverified;
import dev.decant.manifest.Manifest;
import dev.decant.progress.Quantity;
import dev.decant.run.Interrupt;
import dev.decant.run.RunGuard;
import java.util.List;
import java.util.Map;

/** A pull into a new database. */
final class DatabasePull {
  private final PullRequest request;
  private final Manifest manifest;
  private final FrameSource frames;
  private final SelectedContent choice;

  /**
   * The statements that a server of decant's own does not run, because its role is no superuser.
   */
  private final Unverified unverified = new Unverified();

  DatabasePull(PullRequest request, Manifest manifest, FrameSource frames, SelectedContent choice) {
    this.request = request;
    this.manifest = manifest;
    this.frames = frames;
    this.choice = choice;
  }

  PullResult run(PullTarget.OnServer target) {
    PullServer server = PullServer.of(target.server());
    server.require();
    ServerDifferences.require(
        choice.schema(),
        server.major(),
        manifest.source().serverVersion(),
        "Nothing was created. Use a newer server, or --embedded.");
    for (String name : KilledPulls.drop(server)) {
      say("Dropped the database " + name + " of a pull that was killed.");
    }
    DatabaseCreation how = new ExtensionCheck(server).require(choice.schema());
    say(DiskRoom.require(server, choice.textBytes(manifest)));
    PullDestination destination =
        PullDestination.choose(server, target.naming(), manifest, request.questions(), this::say);
    Loaded loaded = load(server, how, destination);
    return result(loaded.result(), loaded.name(), destination);
  }

  /** The result of the load, and the name of the database. */
  private record Loaded(LoadResult result, String name) {}

  private PullResult result(LoadResult loaded, String name, PullDestination destination) {
    return new PullResult(
        request.source().snapshot(),
        name,
        destination.replaces(),
        loaded.rows(),
        loaded.bytes(),
        List.copyOf(choice.added()),
        choice.omitted(),
        loaded.millis());
  }

  private void say(String line) {
    request.progress().message(line);
  }

  private Loaded load(PullServer server, DatabaseCreation how, PullDestination destination) {
    try (RunGuard guard = new RunGuard(null, "the unfinished database was dropped", "");
        Interrupt _ = new Interrupt(guard);
        UnpublishedDatabase database =
            UnpublishedDatabase.create(
                server, request.source().snapshot(), destination.name(), how)) {
      guard.onEnd(database::close);
      try {
        how.extend(database.name(), server.found(), choice.schema());
        LoadResult loaded = SnapshotLoad.run(request(how, database, guard));
        guard.check();
        return new Loaded(loaded, database.publish(destination, this::say));
      } catch (DecantException e) {
        throw guard.orEnd(withVersions(e, server));
      }
    }
  }

  private LoadRequest request(DatabaseCreation how, UnpublishedDatabase database, RunGuard guard) {
    SnapshotSchema schema = how.adapted(choice.schema());
    return new LoadRequest(
        new LoadRequest.Content(manifest, frames, schema),
        database,
        null,
        new LoadRequest.RowChoice(choice.tables()::contains, Map.of()),
        request.jobs(),
        request.progress(),
        guard::check,
        how.extended() ? unverified : null);
  }

  /** Adds the versions to the error if they differ, because this may be the reason. */
  private DecantException withVersions(DecantException e, PullServer server) {
    if (e.code() == ErrorCode.DISK_FULL) {
      return new DecantException(
          e.code(),
          e.getMessage()
              + " The pull needs about "
              + Quantity.bytes(DiskRoom.needed(choice.textBytes(manifest)))
              + " there. The unfinished database was dropped.");
    }
    int from = ServerDifferences.major(manifest.source().serverVersion());
    if (e.code().kind() != ErrorKind.DATABASE || from == 0 || from == server.major()) {
      return e;
    }
    return new DecantException(
        e.code(),
        e.getMessage()
            + " The snapshot is from PostgreSQL "
            + from
            + ", but the server is "
            + server.major()
            + ", which may be the reason. The unfinished database was dropped.");
  }
}
