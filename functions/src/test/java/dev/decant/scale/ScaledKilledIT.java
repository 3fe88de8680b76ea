package dev.decant.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.mask.cipher.MaskingKey;
import dev.decant.sanitize.SanitizeResult;
import dev.decant.sanitize.SharedRun;
import dev.decant.sanitize.Turn;
import dev.decant.store.SnapshotStore;
import dev.decant.store.StoredObject;
import dev.decant.store.Stores;
import dev.decant.testing.Component;
import dev.decant.testing.MemoryFolder;
import dev.decant.testing.Needs;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.S3Server;
import dev.decant.testing.SanitizeRequestBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A {@code finish} that is killed: the snapshot is published whole or not at all. */
@Needs(Component.PG_DUMP)
final class ScaledKilledIT {
  /** The sql step changes one table, so the frames of the other one wait in the store. */
  private static final String SCHEMA =
      """
      CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE NOT NULL, note text);
      INSERT INTO users SELECT i, 'person' || i || '@raw.example.org', repeat('n', 900)
        FROM generate_series(1, 3000) i;
      CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users);
      INSERT INTO orders SELECT i, 1 + i % 3000 FROM generate_series(1, 100) i;
      """;

  private static final String POLICY =
      """
      version: 1
      tables:
        public.users: { columns: { email: email }, keep: [id, note] }
        public.orders: { keep: [id, user_id] }
      sql:
        - UPDATE users SET note = 'changed' WHERE id = 7
      """;

  @TempDir Path folder;
  private PlainDatabase source;
  private SnapshotStore store;
  private ScaledRun run;

  /** The process that is killed. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      HaltingStore store = new HaltingStore(Stores.open(arguments[1]), arguments[3]);
      MaskingKey key = new MaskingKey(new byte[32]);
      RunRequest requests =
          new RunRequest(
              store,
              (of, name) ->
                  new SanitizeRequestBuilder(
                          name, of, ScaledRun.policy(POLICY), store, Path.of(arguments[0], "work"))
                      .scratch(arguments[2])
                      .key(key)
                      .progress(store)
                      .turn(new Turn(ScaledRun.ID, Duration.ofSeconds(1)))
                      .build());
      var _ = Finishing.run(requests, new SharedRun(ScaledRun.ID, key));
    }
  }

  @BeforeEach
  void open() throws SQLException {
    source = ScaledRunIT.database(SCHEMA);
    store = Stores.open("s3://" + S3Server.running().newBucket() + "/sanitized");
    run = new ScaledRun(source, POLICY, folder, store);
  }

  @AfterEach
  void close() throws SQLException {
    run.close();
    store.close();
    source.close();
  }

  private void killFinish(String moment) throws Exception {
    Path output = folder.resolve("out");
    Process child =
        new ProcessBuilder(
                List.of(
                    ProcessHandle.current().info().command().orElseThrow(),
                    "-XX:TieredStopAtLevel=1",
                    MemoryFolder.option(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-Daws.endpointUrl=" + S3Server.running().endpoint(),
                    "-Daws.region=us-east-1",
                    "-Daws.accessKeyId=test",
                    "-Daws.secretAccessKey=test",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Child.class.getName(),
                    folder.toString(),
                    store.location(),
                    run.scratch.url(),
                    moment))
            .redirectOutput(output.toFile())
            .redirectErrorStream(true)
            .start();
    assertThat(child.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(child.exitValue()).as("%s", Files.readString(output)).isEqualTo(HaltingStore.KILLED);
  }

  private static ErrorCode codeOf(Throwable failure) {
    return ((DecantException) failure).code();
  }

  private List<String> files() {
    return store.list("").stream().map(StoredObject::key).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stage load",
        "stage constraints",
        "before open .*frames",
        "before commit .*sql.zst",
        "after put .*report.html",
      })
  @Timeout(180)
  void finishThatIsKilledBeforeItPublishesLeavesWhatForgetRemoves(String moment) throws Exception {
    run.planAndChunks();
    killFinish(moment);
    assertThat(run.isPublished()).isFalse();
    assertThat(codeOf(catchThrowable(run::finish))).isEqualTo(ErrorCode.ROWS_DIFFER);
    assertThat(run.isPublished()).isFalse();
    assertThat(run.forget()).isTrue();
    assertThat(files()).isEmpty();
    assertThat(run.databases()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"after putIfAbsent .*manifest.json", "before delete .scale/.*"})
  @Timeout(180)
  void finishThatIsKilledAfterItPublishedFindsTheSnapshot(String moment) throws Exception {
    run.planAndChunks();
    killFinish(moment);
    assertThat(run.finish()).isInstanceOf(SanitizeResult.Duplicate.class);
    assertThat(ScaledRun.text(store)).isEqualTo(ScaledRun.text(run.alone()));
    assertThat(run.forget()).isFalse();
    assertThat(run.isPublished()).isTrue();
    assertThat(files()).noneMatch(key -> key.startsWith(".scale/"));
    assertThat(run.databases()).isEmpty();
  }
}
