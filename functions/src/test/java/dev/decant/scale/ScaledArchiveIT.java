package dev.decant.scale;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.live.LiveDatabase;
import dev.decant.manifest.SnapshotName;
import dev.decant.sanitize.SanitizeResult;
import dev.decant.store.SnapshotStore;
import dev.decant.store.Stores;
import dev.decant.testing.Component;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.Needs;
import dev.decant.testing.PgDump;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Several processes sanitize an archive in the directory format, each of them some of its files.
 */
@Needs(Component.PG_DUMP)
final class ScaledArchiveIT {
  private final PgDump program = LiveDatabase.pgDump(PostgresVersion.V18);
  private final MemorySnapshotStore store = new MemorySnapshotStore();

  @TempDir Path folder;
  private Path archive;
  private PlainDatabase source;
  private ScaledRun run;

  @BeforeEach
  void open() throws SQLException {
    archive = folder.resolve("shop");
    source = ScaledRunIT.database(ScaledRunIT.SCHEMA);
    run = new ScaledRun(source, ScaledRunIT.POLICY, folder, store);
    run.archive = Optional.of(archive.toString());
    run.itemBytes = 100_000;
  }

  @AfterEach
  void close() throws SQLException {
    run.close();
    source.close();
  }

  private void dump(String... options) {
    program.dumpInto(
        archive,
        source,
        Stream.concat(Stream.of("-Fd"), Stream.of(options)).toArray(String[]::new));
  }

  /** Compresses the data files with zstd, because not every pg_dump can do that. */
  private void compress() throws IOException {
    try (Stream<Path> files = Files.list(archive)) {
      for (Path file : files.filter(each -> !each.endsWith("toc.dat")).toList()) {
        Files.write(
            archive.resolve(file.getFileName() + ".zst"), Zstd.compress(Files.readAllBytes(file)));
        Files.delete(file);
      }
    }
  }

  private static void fails(ThrowingCallable work, ErrorCode code, String... texts) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(DecantException.class, e -> assertThat(e.code()).isEqualTo(code))
        .message()
        .doesNotContain("person")
        .satisfies(message -> assertThat(List.of(texts)).allMatch(message::contains));
  }

  private void nothingIsPublished() {
    assertThat(store.stat(ScaledRun.NAME.key(SnapshotName.MANIFEST))).isEmpty();
  }

  private void publishesLikeOneProcess() {
    assertThat(run.finish()).isInstanceOf(SanitizeResult.Published.class);
    SnapshotStore alone = run.alone();
    assertThat(ScaledRun.text(run.store)).isEqualTo(ScaledRun.text(alone));
    assertThat(ScaledRun.manifest(run.store).tables())
        .isEqualTo(ScaledRun.manifest(alone).tables());
    assertThat(run.store.list(".scale/")).isEmpty();
  }

  /** The file of the rows of users, which are the largest. */
  private Path largest() throws IOException {
    try (Stream<Path> files = Files.list(archive)) {
      return files
          .filter(file -> !file.endsWith("toc.dat"))
          .max(Comparator.comparingLong(file -> file.toFile().length()))
          .orElseThrow();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "gzip", "zstd"})
  void givesTheSnapshotOfOneProcess(String compression) throws IOException {
    dump("-Z", compression.equals("gzip") ? "gzip" : "none");
    if (compression.equals("zstd")) {
      compress();
    }
    assertThat(run.planAndChunks()).isGreaterThan(1);
    publishesLikeOneProcess();
  }

  @Test
  void givesTheSameInS3() throws Exception {
    dump("-Z", "gzip");
    String bucket = S3Server.running().newBucket();
    upload(bucket);
    try (SnapshotStore inS3 = Stores.open("s3://" + bucket + "/sanitized");
        ScaledRun other = new ScaledRun(source, ScaledRunIT.POLICY, folder, inS3)) {
      other.archive = Optional.of("s3://" + bucket + "/raw/shop/");
      other.itemBytes = 100_000;
      other.planAndChunks();
      other.finish();
      assertThat(ScaledRun.text(inS3)).isEqualTo(ScaledRun.text(other.alone()));
    }
  }

  @Test
  void objectThatChangedIsRefused() throws Exception {
    dump("-Z", "gzip");
    String bucket = S3Server.running().newBucket();
    upload(bucket);
    run.archive = Optional.of("s3://" + bucket + "/raw/shop/");
    int items = run.plan().items();
    S3Server.running()
        .put(bucket, "raw/shop/" + largest().getFileName(), archive.resolve("toc.dat"));
    fails(
        () -> IntStream.range(0, items).forEach(run::chunk),
        ErrorCode.SOURCE_CHANGED,
        "is not the file that this run was planned for");
    nothingIsPublished();
  }

  private void upload(String bucket) throws IOException {
    try (Stream<Path> files = Files.list(archive)) {
      for (Path file : files.toList()) {
        S3Server.running().put(bucket, "raw/shop/" + file.getFileName(), file);
      }
    }
  }

  @Test
  void itemIsLoadedOnceIfItIsRunAgain() {
    dump();
    run.planAndChunks();
    assertThat(run.chunk(0).rows()).isEqualTo(-1);
    publishesLikeOneProcess();
  }

  @Test
  void itemThatFailedIsRunAgain() {
    dump();
    int items = run.plan().items();
    store.before =
        what -> {
          if (what.matches("put .*chunk-0-.*json")) {
            throw new DecantException(ErrorCode.STORE_FAILED, "The test ends this process.");
          }
        };
    fails(() -> run.chunk(0), ErrorCode.STORE_FAILED);
    store.before = what -> {};
    IntStream.range(0, items).forEach(run::chunk);
    publishesLikeOneProcess();
  }

  @Test
  void itemThatIsNotDoneIsNamed() {
    dump();
    int items = run.plan().items();
    IntStream.range(1, items).forEach(run::chunk);
    fails(run::finish, ErrorCode.ROWS_DIFFER, "not done: 0.");
    nothingIsPublished();
  }

  @Test
  void changedFileIsRefused() throws IOException {
    dump();
    int items = run.plan().items();
    Files.write(largest(), new byte[] {1, 2, 3});
    fails(
        () -> IntStream.range(0, items).forEach(run::chunk),
        ErrorCode.SOURCE_CHANGED,
        "is not the file that this run was planned for");
    fails(run::finish, ErrorCode.ROWS_DIFFER);
    nothingIsPublished();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cut", "longer"})
  void damagedFileIsRefused(String how) throws IOException {
    dump("-Z", "none");
    byte[] rows = Files.readAllBytes(largest());
    byte[] damaged =
        how.equals("cut")
            ? Arrays.copyOf(rows, rows.length - 10)
            : (new String(rows, UTF_8) + "SELECT 1;\n").getBytes(UTF_8);
    Files.write(largest(), damaged);
    int items = run.plan().items();
    fails(
        () -> IntStream.range(0, items).forEach(run::chunk),
        how.equals("cut") ? ErrorCode.INPUT_CUT : ErrorCode.INPUT_INVALID);
  }

  @Test
  void absentFileIsRefused() throws IOException {
    dump();
    Files.delete(largest());
    fails(run::plan, ErrorCode.INPUT_CUT, "which its toc.dat names");
    assertThat(store.list(".scale/")).isEmpty();
  }

  @Test
  void tableWithoutDataIsEmpty() {
    dump("--exclude-table-data=public.orders");
    run.planAndChunks();
    publishesLikeOneProcess();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--inserts", "--load-via-partition-root"})
  void formThatCannotBeSharedIsNotDivisible(String option) {
    dump(option);
    fails(run::plan, ErrorCode.NOT_DIVISIBLE, option, "Use `decant sanitize`");
    assertThat(store.list(".scale/")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Fc", "-Fp", "-Ft"})
  void dumpInOneFileIsNotDivisible(String format) {
    program.dumpInto(archive, source, format);
    fails(run::plan, ErrorCode.NOT_DIVISIBLE, "in one file", "`decant sanitize`");
    assertThat(store.list(".scale/")).isEmpty();
  }

  @Test
  void largeObjectsOfADatabaseThatAreKeptAreNotDivisible() throws SQLException {
    ScaledRunIT.execute(source, "SELECT lo_from_bytea(4711, 'a large object')");
    run.archive = Optional.empty();
    run.policy = ScaledRun.policy(ScaledRunIT.POLICY + "large-objects: keep\n");
    fails(run::plan, ErrorCode.NOT_DIVISIBLE, "large objects", "Otherwise use `decant sanitize`");
    assertThat(store.list("")).isEmpty();
  }

  @Test
  void largeObjectsAreLeftOutLikeByOneProcess() throws SQLException {
    ScaledRunIT.execute(source, "SELECT lo_from_bytea(4711, 'a large object')");
    dump();
    run.policy = ScaledRun.policy(ScaledRunIT.POLICY + "large-objects: keep\n");
    fails(run::plan, ErrorCode.NOT_DIVISIBLE, "large objects", "`large-objects: empty`");
    run.policy = ScaledRun.policy(ScaledRunIT.POLICY + "large-objects: empty\n");
    run.planAndChunks();
    publishesLikeOneProcess();
  }
}
