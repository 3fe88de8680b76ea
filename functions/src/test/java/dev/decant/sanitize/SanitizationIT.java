package dev.decant.sanitize;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.demo.ShopDump;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.Manifest;
import dev.decant.manifest.ManifestJson;
import dev.decant.manifest.SnapshotName;
import dev.decant.policy.Policy;
import dev.decant.source.Source;
import dev.decant.source.Sources;
import dev.decant.store.SnapshotStore;
import dev.decant.store.Stores;
import dev.decant.testing.Component;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.Needs;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SanitizationIT {
  private static String dump = "";
  @TempDir static Path landing;
  private static Path raw = Path.of("");

  @TempDir Path work;
  private final MemorySnapshotStore store = new MemorySnapshotStore();

  @BeforeAll
  static void aDumpLands() {
    dump = Shop.dump(400_000);
    raw = Shop.land(landing, dump);
  }

  private static String text(SnapshotStore store) {
    return SmallDump.text(store);
  }

  private static Manifest manifest(SnapshotStore store) {
    byte[] json = store.read(Shop.NAME.key(SnapshotName.MANIFEST)).orElseThrow();
    return ManifestJson.read(json, "manifest");
  }

  /** The rows of a table without the lines around them. */
  private static List<String> rows(String text, String table) {
    String head = "\nCOPY public." + table + " (";
    int copy = text.indexOf(head);
    int begin = text.indexOf('\n', copy + head.length()) + 1;
    String block = text.substring(begin - 1, text.indexOf("\n\\.\n", begin - 1) + 1);
    return block.length() == 1
        ? List.of()
        : List.of(block.substring(1).split("\n", -1))
            .subList(0, block.substring(1).split("\n", -1).length - 1);
  }

  private static List<String> field(List<String> rows, int... fields) {
    return rows.stream()
        .map(
            r -> {
              String[] all = r.split("\t", -1);
              StringBuilder out = new StringBuilder();
              for (int f : fields) {
                out.append(all[f]).append('|');
              }
              return out.toString();
            })
        .toList();
  }

  private void assertNothingPublished() throws IOException {
    assertThat(store.list("")).isEmpty();
    assertThat(store.openUploads()).isZero();
    try (Stream<Path> left = Files.list(work)) {
      assertThat(left).isEmpty();
    }
  }

  private DecantException failure(Policy policy) {
    try {
      Shop.run(raw, policy, store, work);
    } catch (DecantException e) {
      return e;
    }
    throw new AssertionError("the run did not fail");
  }

  @Test
  void publishesDumpManifestReportAndSum() throws IOException {
    SanitizeResult result = Shop.run(raw, Shop.policy(), store, work);
    assertThat(result).isInstanceOf(SanitizeResult.Published.class);
    assertThat(store.list("").stream().map(o -> o.key()).filter(k -> !k.startsWith(".runs")))
        .contains(
            Shop.NAME.key(SnapshotName.DUMP),
            Shop.NAME.key(SnapshotName.MD5),
            Shop.NAME.key(SnapshotName.REPORT),
            Shop.NAME.key(SnapshotName.MANIFEST));
    try (Stream<Path> left = Files.list(work)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void keptColumnsAreTheSourcesBytesAndOthersAreNot() {
    Shop.run(raw, Shop.policy(), store, work);
    String out = text(store);
    assertThat(rows(out, "\"order\"")).hasSameSizeAs(rows(dump, "\"order\""));
    assertThat(field(rows(out, "\"order\""), 0, 1, 2, 3, 4, 5, 7))
        .isEqualTo(field(rows(dump, "\"order\""), 0, 1, 2, 3, 4, 5, 7));
    assertThat(field(rows(out, "\"user\""), 0, 8, 9, 11, 12))
        .isEqualTo(field(rows(dump, "\"user\""), 0, 8, 9, 11, 12));
    assertThat(field(rows(out, "\"user\""), 1))
        .doesNotContainAnyElementsOf(field(rows(dump, "\"user\""), 1));
    assertThat(rows(out, "session")).isEmpty();
  }

  @Test
  void noRawIdentityIsAnywhereInTheOutput() {
    Shop.run(raw, Shop.policy(), store, work);
    String out = text(store);
    TreeSet<String> canaries = new TreeSet<>();
    for (String row : rows(dump, "\"user\"")) {
      String[] fields = row.split("\t", -1);
      canaries.add(fields[1]);
      if (!fields[5].equals("\\N")) {
        canaries.add(fields[5]);
      }
      canaries.add(fields[7]);
    }
    assertThat(canaries).hasSizeGreaterThan(300);
    List<String> found = canaries.stream().filter(out::contains).toList();
    assertThat(found).isEmpty();
    for (String suffix : List.of(SnapshotName.MANIFEST, SnapshotName.REPORT)) {
      String file = new String(store.read(Shop.NAME.key(suffix)).orElseThrow(), UTF_8);
      assertThat(canaries.stream().filter(file::contains).toList()).isEmpty();
    }
  }

  @Test
  void twoRunsGiveTheSameBytesWhateverTheWorkers() {
    Shop.run(raw, Shop.policy(), store, work);
    MemorySnapshotStore second = new MemorySnapshotStore();
    try (Source source = Sources.open(raw.toString())) {
      Sanitization.run(Shop.builder(source, Shop.policy(), second, work).jobs(5).build());
    }
    assertThat(second.read(Shop.NAME.key(SnapshotName.DUMP)))
        .hasValueSatisfying(
            bytes ->
                assertThat(bytes)
                    .isEqualTo(store.read(Shop.NAME.key(SnapshotName.DUMP)).orElseThrow()));
  }

  @Test
  void rowsThatAnSqlStepChangedAreReadBack() {
    Shop.run(raw, Shop.policy(), store, work);
    assertThat(field(rows(text(store), "external_system_integration"), 2, 3, 4))
        .containsOnly("f|\\N|\\N|");
    Manifest manifest = manifest(store);
    assertThat(manifest.sql()).singleElement().satisfies(s -> assertThat(s.rows()).isEqualTo(3));
  }

  @Test
  void theAnchorsMaskedKeyIsInTheManifest() {
    Shop.run(raw, Shop.policy(), store, work);
    assertThat(manifest(store).anchors())
        .hasEntrySatisfying(
            "admin", admin -> assertThat(admin.primaryKey()).containsEntry("id", "1"));
  }

  @Test
  void aSecondEventIsADuplicateAndTouchesNothing() {
    Shop.run(raw, Shop.policy(), store, work);
    byte[] before = store.read(Shop.NAME.key(SnapshotName.MANIFEST)).orElseThrow();
    assertThat(Shop.run(raw, Shop.policy(), store, work))
        .isInstanceOf(SanitizeResult.Duplicate.class);
    assertThat(store.read(Shop.NAME.key(SnapshotName.MANIFEST)))
        .hasValueSatisfying(after -> assertThat(after).isEqualTo(before));
  }

  @Test
  void aSnapshotThatWasRemovedIsMadeAgain() {
    Shop.run(raw, Shop.policy(), store, work);
    for (String suffix : List.of(SnapshotName.MANIFEST, SnapshotName.DUMP)) {
      store.delete(Shop.NAME.key(suffix));
    }
    assertThat(Shop.run(raw, Shop.policy(), store, work))
        .isInstanceOf(SanitizeResult.Published.class);
  }

  @Test
  void theOutputRestoresOnEveryServerAsAPlainRole() throws Exception {
    Shop.run(raw, Shop.policy(), store, work);
    for (PostgresVersion version : EnumSet.range(PostgresVersion.V15, PostgresVersion.V18)) {
      Restore.intoPlainDatabase(
          version, text(store), "select count(*) from \"user\"", rows(dump, "\"user\"").size());
    }
  }

  @Test
  void aColumnWithoutARuleStopsBeforeAnyRowAndGivesYamlToPaste() throws IOException {
    DecantException e =
        failure(
            Shop.policy(
                "    columns: { street: street, postcode: postcode, city: city }",
                "    columns: { street: street, postcode: postcode }"));
    assertThat(e.code()).isEqualTo(ErrorCode.POLICY_INVALID);
    assertThat(e.getMessage()).contains("public.address", "city");
    assertNothingPublished();
  }

  @Test
  void aMaskThatDoesNotKeepAKeyApartIsToldBeforeAnyRow() throws IOException {
    DecantException e =
        failure(
            Shop.policy(
                "email: { mask: template, value: 'reader{id}@staging.example' }",
                "email: full-name"));
    assertThat(e.code()).isEqualTo(ErrorCode.POLICY_INVALID);
    assertThat(e.getMessage()).contains("newsletter_subscriber", "email");
    assertNothingPublished();
  }

  @Test
  void keysAreCheckedForAStreamToo() throws IOException {
    Policy policy =
        Shop.policy(
            "email: { mask: template, value: 'reader{id}@staging.example' }", "email: full-name");
    try (Source source = StreamSource.of(dump)) {
      assertThatThrownBy(() -> Sanitization.run(Shop.request(source, policy, store, work)))
          .isInstanceOfSatisfying(
              DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.POLICY_INVALID));
    }
    assertNothingPublished();
  }

  @Test
  void aStreamGivesTheSameDumpAsTheFile() {
    Shop.run(raw, Shop.policy(), store, work);
    MemorySnapshotStore second = new MemorySnapshotStore();
    try (Source source = StreamSource.of(dump)) {
      Sanitization.run(Shop.request(source, Shop.policy(), second, work));
    }
    assertThat(text(second)).isEqualTo(text(store));
  }

  @Test
  void aConstraintThatTheMaskedRowsBreakIsToldWithItsCount() throws IOException {
    DecantException e =
        failure(Shop.policy("sql:\n", "sql:\n  - delete from \"user\" where id in (1, 2)\n"));
    assertThat(e.code()).isEqualTo(ErrorCode.CONSTRAINT_VIOLATED);
    assertThat(e.getMessage())
        .contains("table public.address, constraint address_user_id_fkey: 4 rows violate it");
    assertNothingPublished();
  }

  @Test
  void anAssertionThatDoesNotHoldStopsThePublication() throws IOException {
    DecantException e = failure(Shop.policy("equals: 0", "equals: 1"));
    assertThat(e.code()).isEqualTo(ErrorCode.ASSERTION_FAILED);
    assertThat(e.getMessage()).contains("nothing pushes");
    assertNothingPublished();
  }

  @Test
  void rareCombinationsOfQuasiIdentifiersStopThePublication() throws IOException {
    DecantException e =
        failure(
            Shop.policy(
                "assertions:",
                """
                quasi-identifiers: { public.address: [country, user_id] }
                k-anonymity: { at-least: 3 }
                assertions:\
                """));
    assertThat(e.code()).isEqualTo(ErrorCode.ASSERTION_FAILED);
    assertThat(e.getMessage())
        .contains("table public.address, columns country, user_id: ", "fewer than 3 rows");
    assertNothingPublished();
  }

  @Test
  void quasiIdentifiersAreCountedAfterTheSqlSteps() {
    Shop.run(
        raw,
        Shop.policy(
            "sql:\n",
            """
            quasi-identifiers: { public.address: [country] }
            sql:
              - update address set country = case when id < 3 then 'AQ' else 'DE' end
            """),
        store,
        work);
    Manifest.Reidentification counted = Objects.requireNonNull(manifest(store).reidentification());
    assertThat(counted.required()).isFalse();
    assertThat(counted.k()).isEqualTo(5);
    assertThat(counted.tables())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.rows()).isGreaterThan(2);
              assertThat(found.groups()).isEqualTo(2);
              assertThat(found.smallest()).isEqualTo(2);
              assertThat(found.unique()).isZero();
              assertThat(found.below()).isEqualTo(2);
            });
  }

  @Test
  void anAnchorThatIsNotThereStopsThePublication() throws IOException {
    DecantException e =
        failure(
            Shop.policy(
                "where: { column: email, equals: '${PROD_ADMIN_EMAIL}' }",
                "where: { column: email, equals: 'nobody' }"));
    assertThat(e.getMessage()).isNotNull();
    assertThat(e.code()).isIn(ErrorCode.ANCHOR_NOT_FOUND, ErrorCode.POLICY_INVALID);
    assertNothingPublished();
  }

  @Test
  void anSqlStepThatFailsTellsNoValue() throws IOException {
    DecantException e =
        failure(Shop.policy("sql:\n", "sql:\n  - select email::integer from \"user\"\n"));
    assertThat(e.code()).isEqualTo(ErrorCode.SQL_STEP_FAILED);
    assertThat(e.getMessage()).contains("22P02").doesNotContain("@");
    assertThat(e).hasNoCause();
    assertNothingPublished();
  }

  @Test
  void anSqlStepMayNotChangeTables() throws IOException {
    DecantException e =
        failure(Shop.policy("sql:\n", "sql:\n  - alter table \"user\" drop column phone\n"));
    assertThat(e.code()).isEqualTo(ErrorCode.SQL_STEP_FAILED);
    assertThat(e.getMessage()).contains("changed a definition");
    assertNothingPublished();
  }

  @Test
  void aRowThatTheServerRefusesIsToldByTableAndRowOnly() throws IOException {
    String broken =
        dump.replaceFirst(
            "\n2\t([^\t]+)\t([^\t]+)\t([^\t]+)\t([^\t]+)\t", "\n2x\t$1\t$2\t$3\t$4\t");
    assertThat(broken).isNotEqualTo(dump);
    Path file = Shop.land(Files.createTempDirectory(landing, "broken"), broken);
    assertThatThrownBy(() -> Shop.run(file, Shop.policy(), store, work))
        .isInstanceOf(DecantException.class)
        .hasMessageContaining("22P02")
        .hasMessageNotContaining("2x")
        .hasNoCause();
    assertNothingPublished();
  }

  @Test
  void aDumpThatIsCutPublishesNothing() throws IOException {
    byte[] whole = Files.readAllBytes(raw);
    for (double share : new double[] {0.1, 0.5, 0.9, 0.999}) {
      Path folder = Files.createTempDirectory(landing, "cut");
      Path cut =
          Files.write(
              folder.resolve("x.sql.zst"),
              java.util.Arrays.copyOf(whole, (int) (whole.length * share)));
      assertThatThrownBy(() -> Shop.run(cut, Shop.policy(), store, work))
          .isInstanceOfSatisfying(
              DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT_CUT));
      assertNothingPublished();
    }
  }

  @Test
  void aFullVerificationBuildsAllIndexesAndRestoresTheArtifactOnceMore() {
    try (Source source = Sources.open(raw.toString())) {
      SanitizeResult result =
          Sanitization.run(Shop.builder(source, Shop.policy(), store, work).full(true).build());
      assertThat(result.timings())
          .containsKeys("verify: indexes and the rest", "restore once more");
    }
    assertThat(store.read(Shop.NAME.key(SnapshotName.MANIFEST))).isPresent();
  }

  @Test
  void fromS3ToS3() {
    S3Server s3 = S3Server.running();
    s3.use(s3.port());
    String bucket = s3.newBucket();
    try (SnapshotStore rawStore = Stores.open("s3://" + bucket + "/snapshots");
        SnapshotStore sanitized = Stores.open("s3://" + bucket + "/sanitized")) {
      rawStore.put("shop/production/x.sql.zst", Files.readAllBytes(raw));
      String uri = "s3://" + bucket + "/snapshots/shop/production/x.sql.zst";
      for (Class<? extends SanitizeResult> expected :
          List.of(SanitizeResult.Published.class, SanitizeResult.Duplicate.class)) {
        try (Source source = Sources.open(uri)) {
          SanitizeResult result =
              Sanitization.run(Shop.request(source, Shop.policy(), sanitized, work));
          assertThat(result).isInstanceOf(expected);
        }
      }
      Shop.run(raw, Shop.policy(), store, work);
      assertThat(text(sanitized)).isEqualTo(text(store));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  @Needs({Component.BASH, Component.PSQL, Component.ZSTD})
  void psqlRestoresItWithOnErrorStop() throws Exception {
    Shop.run(raw, Shop.policy(), store, work);
    Path file = work.resolve("dump.sql.zst");
    Files.write(file, store.read(Shop.NAME.key(SnapshotName.DUMP)).orElseThrow());
    try (PlainDatabase database = PlainDatabase.on(PostgresVersion.V15)) {
      Process psql =
          new ProcessBuilder(
                  "bash",
                  "-o",
                  "pipefail",
                  "-c",
                  "zstd -dc \"$0\" | psql -qX -v ON_ERROR_STOP=1 -d \"$1\"",
                  file.toString(),
                  database.url())
              .redirectErrorStream(true)
              .start();
      String output = new String(psql.getInputStream().readAllBytes(), UTF_8);
      assertThat(psql.waitFor()).as("needs zstd and psql: %s", output).isZero();
    }
    Files.delete(file);
  }

  /** Even if decant overlooked a psql command in the text of a dump, psql would not run it. */
  @Test
  @Needs({Component.PSQL})
  void psqlRunsNoCommandThatItFindsInTheText() throws Exception {
    Shop.run(raw, Shop.policy(), store, work);
    Path ran = work.resolve("ran");
    String smuggled =
        text(store).replaceFirst("\nCREATE TABLE ", "\n\\\\! touch " + ran + "\nCREATE TABLE ");
    for (String lifts : List.of("", ":decant_end\n", ":decant_end_KEY\n")) {
      assertThat(psql(smuggled.replace("\\!", lifts + "\\!")))
          .contains("backslash commands are restricted");
    }
    assertThat(ran).doesNotExist();
    // A psql that does not know \restrict yet can restore the dump too.
    assertThat(psql(text(store), "-v", "VERSION_NUM=150013")).isEmpty();
    assertThat(psql(smuggled, "-v", "VERSION_NUM=150013")).isEmpty();
    Files.delete(ran);
  }

  /** The output of psql when it restores a dump into a new database. */
  private String psql(String text, String... options) throws Exception {
    Path file = Files.writeString(work.resolve("dump.sql"), text);
    try (PlainDatabase database = PlainDatabase.on(PostgresVersion.V15)) {
      List<String> command = new ArrayList<>(List.of("psql", "-qXAt", "-v", "ON_ERROR_STOP=1"));
      command.addAll(List.of(options));
      command.addAll(List.of("-o", "/dev/null", "-f", file.toString(), database.url()));
      Process psql = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(psql.getInputStream().readAllBytes(), UTF_8);
      psql.waitFor();
      return output;
    } finally {
      Files.delete(file);
    }
  }

  /**
   * While the rows are in the scratch database, the files of its server and of the spool contain no
   * raw value.
   */
  @Test
  void noFileOfARunHoldsARawRow() throws Exception {
    Path runs = Files.createTempDirectory("decant-canary-");
    // If root runs the test, the server runs as nobody, who must be able to enter the folder.
    Files.setPosixFilePermissions(runs, PosixFilePermissions.fromString("rwxr-xr-x"));
    Addresses emails = new Addresses(field(rows(dump, "\"user\""), 1));
    Policy policy = Shop.policy("sql:\n", "sql:\n  - select pg_sleep(4)\n");
    Thread run =
        Thread.ofPlatform()
            .start(
                () -> {
                  try (Source source = Sources.open(raw.toString())) {
                    Sanitization.run(
                        Shop.builder(source, policy, store, work).runFolder(runs).build());
                  }
                });
    int scanned = 0;
    boolean sawTables = false;
    while (run.isAlive()) {
      for (Path folder : List.of(runs, work)) {
        for (Path file : files(folder)) {
          String content = content(file);
          scanned++;
          sawTables |= content.contains("support_message");
          assertThat(emails.anyIn(content)).as("%s", file).isFalse();
        }
      }
    }
    assertThat(scanned).isGreaterThan(500);
    assertThat(sawTables).as("the scan read the server's files").isTrue();
    assertThat(store.read(Shop.NAME.key(SnapshotName.MANIFEST))).isPresent();
    assertThat(files(runs)).isEmpty();
    try (Stream<Path> folders = Files.walk(runs)) {
      for (Path folder : folders.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(folder);
      }
    }
  }

  /** Finds any of many addresses in one pass over a text, so that a scan is fast. */
  private static final class Addresses {
    private final Map<String, List<String>> byNeighbours = new HashMap<>();

    Addresses(List<String> fields) {
      for (String field : fields) {
        String address = field.replace("|", "");
        byNeighbours
            .computeIfAbsent(key(address, address.indexOf('@')), k -> new ArrayList<>())
            .add(address);
      }
    }

    private static String key(String text, int at) {
      return text.substring(at - 1, at + 2);
    }

    boolean anyIn(String text) {
      for (int at = text.indexOf('@', 1);
          at > 0 && at + 1 < text.length();
          at = text.indexOf('@', at + 1)) {
        int found = at;
        if (byNeighbours.getOrDefault(key(text, at), List.of()).stream()
            .anyMatch(a -> text.startsWith(a, found - a.indexOf('@')))) {
          return true;
        }
      }
      return false;
    }
  }

  @Test
  void theScanFindsAnAddressAnywhere() {
    Addresses some = new Addresses(List.of("a@b.de|", "karin@shop.de|"));
    assertThat(some.anyIn("@ xkarin@shop.dey")).isTrue();
    assertThat(some.anyIn("a@b.de")).isTrue();
    assertThat(some.anyIn("karin@shop.d e@ a@b.d")).isFalse();
  }

  private static List<Path> files(Path folder) {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(Files::isRegularFile).forEach(found::add);
    } catch (IOException | java.io.UncheckedIOException e) {
      // The server removed a file in the meantime. The next round scans again.
      return found;
    }
    return found;
  }

  private static String content(Path file) {
    try {
      return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  @Test
  void rowsThatEndInCrLfAreMaskedLikeRowsThatEndInLf() throws IOException {
    Shop.run(raw, Shop.policy(), store, work);
    List<String> expected = rows(text(store), "\"user\"");
    Path file = Shop.land(Files.createTempDirectory(landing, "crlf"), dump.replace("\n", "\r\n"));
    SnapshotStore other = new MemorySnapshotStore();
    Shop.run(file, Shop.policy(), other, work);
    assertThat(rows(text(other), "\"user\"")).isEqualTo(expected);
  }

  @Test
  void aWrongMd5PublishesNothing() throws IOException {
    Path folder = Files.createTempDirectory(landing, "md5");
    Path file = Shop.land(folder, dump);
    Files.writeString(Path.of(file + ".md5"), "0".repeat(32) + "  " + file.getFileName() + "\n");
    assertThatThrownBy(() -> Shop.run(file, Shop.policy(), store, work))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT_CHECKSUM));
    assertNothingPublished();
  }

  @Test
  void theDeadlineEndsARunThatLeavesNothing() throws IOException {
    try (Source source = Sources.open(raw.toString())) {
      Instant deadline = Instant.now().plusMillis(700);
      assertThatThrownBy(
              () ->
                  Sanitization.run(
                      Shop.builder(
                              source,
                              Shop.policy("sql:\n", "sql:\n  - select pg_sleep(60)\n"),
                              store,
                              work)
                          .deadline(deadline)
                          .build()))
          .isInstanceOfSatisfying(
              DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE_NEAR));
    }
    assertNothingPublished();
  }

  /** Since PostgreSQL 15, only the owner of a database may create objects in its schema public. */
  @ParameterizedTest
  @EnumSource(names = {"V14", "V15", "V18"})
  void aScratchDatabaseOnAServerServesToo(PostgresVersion version) throws Exception {
    MemorySnapshotStore second = new MemorySnapshotStore();
    Shop.run(raw, Shop.policy(), store, work);
    Restore.withServer(
        version,
        url -> {
          try (Source source = Sources.open(raw.toString())) {
            Sanitization.run(
                Shop.builder(source, Shop.policy(), second, work).scratch(url).full(true).build());
          }
        });
    assertThat(text(second)).isEqualTo(text(store));
  }

  @Test
  void aFolderStoreHoldsWhatAMemoryStoreHolds() {
    Path folder = work.resolve("store");
    Path runs = work.resolve("runs");
    try (SnapshotStore files = Stores.open(folder.toString())) {
      Shop.run(raw, Shop.policy(), files, runs);
      Shop.run(raw, Shop.policy(), store, runs);
      assertThat(files.read(Shop.NAME.key(SnapshotName.DUMP)))
          .hasValueSatisfying(
              bytes ->
                  assertThat(bytes)
                      .isEqualTo(store.read(Shop.NAME.key(SnapshotName.DUMP)).orElseThrow()));
    }
  }

  @Test
  void theAdminsAddressIsInTheRawDump() {
    // The canary tests depend on this.
    assertThat(dump).contains(ShopDump.ADMIN_EMAIL);
    assertThat(new ArrayList<>(rows(dump, "\"user\""))).isNotEmpty();
  }
}
