package dev.decant.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.decant.manifest.SnapshotName;
import dev.decant.policy.PolicyFiles;
import dev.decant.postgres.FoundServer;
import dev.decant.postgres.ServerFinder;
import dev.decant.progress.Progress;
import dev.decant.pull.DatabaseNaming;
import dev.decant.pull.Pull;
import dev.decant.pull.PullRequest;
import dev.decant.pull.PullTarget;
import dev.decant.pull.Questions;
import dev.decant.pull.Selection;
import dev.decant.refresh.Refresh;
import dev.decant.refresh.RefreshRequest;
import dev.decant.refresh.StepListener;
import dev.decant.store.SnapshotStore;
import dev.decant.target.TargetsParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/**
 * The three ways that a snapshot goes into a database: as a plain dump, by a pull, and by a refresh
 * of a staging database. All are done by a plain role that may create databases.
 */
public final class RoundTrip {
  private static final String PASSWORD = "plain";

  /** Does something with a database that has the snapshot. */
  @FunctionalInterface
  public interface Use<T> {
    T of(Connection connection) throws SQLException, IOException;
  }

  private RoundTrip() {}

  /**
   * Restores the snapshot {@link ShopSnapshot#NAME} in each way, and requires that the rows are the
   * same in all.
   *
   * @return the row sums, by table
   */
  public static Map<String, String> check(SnapshotStore store, PostgresVersion version)
      throws SQLException, IOException {
    Map<String, String> plain = plain(store, version, RowSums::of);
    assertThat(pulled(store, version, RowSums::of)).as("by a pull").isEqualTo(plain);
    assertThat(refreshed(store, version, RowSums::of)).as("by a refresh").isEqualTo(plain);
    return plain;
  }

  /** Restores the snapshot in each way, and calls {@code use} with each of the databases. */
  public static void each(SnapshotStore store, PostgresVersion version, Use<?> use)
      throws SQLException, IOException {
    plain(store, version, use);
    pulled(store, version, use);
    refreshed(store, version, use);
  }

  private static <T> T plain(SnapshotStore store, PostgresVersion version, Use<T> use)
      throws SQLException, IOException {
    byte[] zst = store.read(ShopSnapshot.NAME.key(SnapshotName.DUMP)).orElseThrow();
    try (PlainDatabase database = PlainDatabase.on(version);
        Connection connection = database.connect();
        ZstdInputStreamNoFinalizer in =
            new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(zst))) {
      PlainRestore.into(connection, new String(in.readAllBytes(), UTF_8));
      return use.of(connection);
    }
  }

  private static <T> T pulled(SnapshotStore store, PostgresVersion version, Use<T> use)
      throws SQLException, IOException {
    try (PlainDatabase home = PlainDatabase.on(version)) {
      home.asSuperuser("ALTER ROLE " + home.name() + " CREATEDB");
      FoundServer server = new ServerFinder(Map.of(), Path.of("/nonexistent")).find(home.url());
      String name = home.name() + "_pulled";
      Pull.run(
          new PullRequest(
              new PullRequest.Source(store, ShopSnapshot.NAME, null, null),
              Selection.ALL,
              new PullTarget.OnServer(server, new DatabaseNaming(name, false, false)),
              2,
              Questions.NOBODY,
              Progress.NONE));
      try (Connection connection = server.address().connect(name)) {
        return use.of(connection);
      }
    }
  }

  private static <T> T refreshed(SnapshotStore store, PostgresVersion version, Use<T> use)
      throws SQLException, IOException {
    try (PlainDatabase staging = PlainDatabase.on(version)) {
      staging.asSuperuser("ALTER ROLE " + staging.name() + " CREATEDB");
      URI url = URI.create(staging.url());
      String targets =
          """
          version: 1
          targets:
            staging:
              database: postgresql://%1$s@%2$s:%3$d/%1$s
              password-env: STAGING_PASSWORD
              allow-refresh: true
              confirm: %2$s
              snapshots: shop/production
              previous: { keep: 0 }
          """
              .formatted(staging.name(), url.getHost(), url.getPort());
      Refresh.run(
          new RefreshRequest(
              TargetsParser.parse(
                      "targets.yaml", targets.getBytes(UTF_8), PolicyFiles.none(), Map.of())
                  .target("staging"),
              new RefreshRequest.Snapshot(store, "latest", null, true),
              url.getHost(),
              new RefreshRequest.Options(false, false, 2),
              new RefreshRequest.Credentials(
                  Map.of("STAGING_PASSWORD", PASSWORD, "PATH", System.getenv("PATH")),
                  arn -> new byte[0]),
              null,
              new RefreshRequest.Listeners(Progress.NONE, StepListener.NONE)));
      try (Connection connection = staging.connect()) {
        return use.of(connection);
      }
    }
  }
}
