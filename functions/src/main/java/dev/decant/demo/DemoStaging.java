package dev.decant.demo;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.SigningKey;
import dev.decant.manifest.SnapshotName;
import dev.decant.manifest.Snapshots;
import dev.decant.postgres.FoundServer;
import dev.decant.postgres.ServerAddress;
import dev.decant.progress.Progress;
import dev.decant.pull.DatabaseNaming;
import dev.decant.pull.Pull;
import dev.decant.pull.PullRequest;
import dev.decant.pull.PullResult;
import dev.decant.pull.PullTarget;
import dev.decant.pull.Questions;
import dev.decant.pull.Selection;
import dev.decant.refresh.Refresh;
import dev.decant.refresh.RefreshRequest;
import dev.decant.refresh.RefreshResult;
import dev.decant.refresh.Rollback;
import dev.decant.refresh.StepListener;
import dev.decant.resource.PackagedFile;
import dev.decant.scratch.ScratchOptions;
import dev.decant.scratch.ScratchServers;
import dev.decant.scratch.TemporaryServer;
import dev.decant.store.SnapshotStore;
import dev.decant.store.Stores;
import dev.decant.target.TargetsParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * The second half of the demo. It starts a server for the time of the demo, refreshes a staging
 * database there from the snapshot, rolls it back, and pulls the snapshot for a developer.
 */
final class DemoStaging {
  private static final String ROLE = "staging";
  private static final String HOST = "127.0.0.1";
  private static final Map<String, String> PARAMETERS =
      Map.of(
          "STAGING_ADMIN_EMAIL",
          "admin@staging.example",
          "STAGING_ADMIN_PASSWORD",
          "demo-password");

  private final Path folder;
  private final SnapshotStore store;
  private final SnapshotName snapshot;
  private final SigningKey key;
  private final Progress progress;

  /** The results. */
  record Done(Path targets, RefreshResult refresh, RefreshResult rollback, PullResult pull) {}

  private DemoStaging(
      Path folder, SnapshotStore store, SnapshotName snapshot, SigningKey key, Progress progress) {
    this.folder = folder;
    this.store = store;
    this.snapshot = snapshot;
    this.key = key;
    this.progress = progress;
  }

  static Done run(
      Path folder, Path storeFolder, SnapshotName snapshot, SigningKey key, Progress progress)
      throws IOException {
    progress.stage("a staging server starts", -1, "");
    try (TemporaryServer server = ScratchServers.temporary(ScratchOptions.of(System.getenv()));
        SnapshotStore store = Stores.open(storeFolder.toString())) {
      return new DemoStaging(folder, store, snapshot, key, progress)
          .refreshAndPull(server.role(ROLE));
    } catch (SQLException e) {
      throw new DecantException(
          ErrorCode.BUG, "The staging database of the demo could not be created.", e);
    }
  }

  private Done refreshAndPull(ServerAddress owner) throws IOException, SQLException {
    makeStaging(owner);
    Path targets = folder.resolve("targets.yaml");
    Files.writeString(targets, targets(owner.port()));
    RefreshRequest request = request(targets, owner.password());
    RefreshResult refreshed = Refresh.run(request);
    RefreshResult back = Rollback.run(request);
    progress.stage("a developer pulls it", -1, "");
    PullResult pulled = Pull.run(pull(owner));
    progress.done();
    return new Done(targets, refreshed, back, pulled);
  }

  /** Creates the empty staging database. */
  private static void makeStaging(ServerAddress owner) throws SQLException {
    try (Connection connection = owner.connect(owner.database());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE staging TEMPLATE template0");
    }
  }

  private static String targets(int port) throws IOException {
    return PackagedFile.text(DemoStaging.class, "targets.yaml")
        .replace("5432", Integer.toString(port));
  }

  private RefreshRequest request(Path targets, String password) {
    return new RefreshRequest(
        TargetsParser.read(targets.toString(), folder, PARAMETERS).target("staging"),
        new RefreshRequest.Snapshot(store, Snapshots.LATEST, key.publicKey(), false),
        HOST,
        new RefreshRequest.Options(false, false, Runtime.getRuntime().availableProcessors()),
        new RefreshRequest.Credentials(Map.of("STAGING_PASSWORD", password), arn -> new byte[0]),
        null,
        new RefreshRequest.Listeners(progress, StepListener.NONE));
  }

  private PullRequest pull(ServerAddress owner) {
    return new PullRequest(
        new PullRequest.Source(store, snapshot, key.publicKey(), null),
        Selection.ALL,
        new PullTarget.OnServer(FoundServer.own(owner, "the demo's"), DatabaseNaming.BY_SNAPSHOT),
        Runtime.getRuntime().availableProcessors(),
        Questions.NOBODY,
        Progress.NONE);
  }
}
