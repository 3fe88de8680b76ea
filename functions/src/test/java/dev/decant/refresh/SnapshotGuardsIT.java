package dev.decant.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.ManifestJson;
import dev.decant.manifest.Signatures;
import dev.decant.manifest.SigningKey;
import dev.decant.manifest.SnapshotName;
import dev.decant.setting.KeyPairs;
import dev.decant.store.StoredObject;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.ShopSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tries to get past each guard of the snapshot. */
final class SnapshotGuardsIT {
  private static final String MANIFEST = ShopSnapshot.NAME.key(SnapshotName.MANIFEST);
  private static final String DUMP = ShopSnapshot.NAME.key(SnapshotName.DUMP);
  private static final String PLACE = "shop/production/";
  private static final MemorySnapshotStore PUBLISHED = new MemorySnapshotStore();

  private MemorySnapshotStore store;
  private Staging staging;

  @BeforeAll
  static void publish() {
    ShopSnapshot.publish(PUBLISHED);
  }

  @BeforeEach
  void open() throws SQLException {
    store = new MemorySnapshotStore();
    for (StoredObject object : PUBLISHED.list("")) {
      store.put(object.key(), PUBLISHED.read(object.key()).orElseThrow());
    }
    staging = Staging.on(PostgresVersion.V15);
  }

  @AfterEach
  void close() throws SQLException {
    staging.close();
  }

  private Asked asked() {
    return new Asked(staging, store);
  }

  /** Requires an error before anything was changed: all databases of the server are the same. */
  private void refused(Asked asked, ErrorCode code, String... says) throws SQLException {
    List<String> before = staging.allDatabases();
    ended(asked, code, says);
    assertThat(staging.allDatabases()).isEqualTo(before);
  }

  /** Requires an error that leaves staging unchanged and no database beside it. */
  private void ended(Asked asked, ErrorCode code, String... says) throws SQLException {
    DecantException error = catchThrowableOfType(DecantException.class, asked::refresh);
    assertThat(error).as("it ran").isNotNull();
    for (String part : says) {
      assertThat(error.getMessage()).contains(part);
    }
    assertThat(error.code()).as(error.getMessage()).isEqualTo(code);
    assertThat(staging.databases()).containsExactly(staging.name());
    assertThat(staging.isOld()).isTrue();
  }

  /** Changes the text of the manifest and keeps its signature. */
  private void edit(String from, String to) {
    String json =
        new String(store.read(MANIFEST).orElseThrow(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(json).contains(from);
    store.put(MANIFEST, json.replace(from, to).getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /** Changes the manifest and signs it again with a key. */
  private void publish(SigningKey key, Consumer<ObjectNode> change) throws IOException {
    ObjectNode tree = (ObjectNode) new JsonMapper().readTree(store.read(MANIFEST).orElseThrow());
    change.accept(tree);
    byte[] json = new JsonMapper().writeValueAsBytes(tree);
    store.put(
        MANIFEST, ManifestJson.write(Signatures.sign(ManifestJson.read(json, MANIFEST), key)));
  }

  @Test
  void aManifestThatIsNotSigned() throws Exception {
    ObjectNode tree = (ObjectNode) new JsonMapper().readTree(store.read(MANIFEST).orElseThrow());
    tree.remove("signature");
    store.put(MANIFEST, new JsonMapper().writeValueAsBytes(tree));
    refused(asked(), ErrorCode.SIGNATURE_INVALID, "is not signed", "Do not use this snapshot");
  }

  @Test
  void withoutAPublicKeyTheCallerOrTheTargetAllowsIt() throws SQLException {
    refused(
        asked().key(null),
        ErrorCode.REFUSED,
        "No public key is configured",
        "DECANT_VERIFY_KEY",
        "--allow-unsigned",
        "allow-unsigned: true");
    refused(asked().key(null).more("allow-unsigned: false"), ErrorCode.REFUSED, "No public key");
    for (Asked allowed :
        List.of(
            asked().key(null).allowUnsigned(), asked().key(null).more("allow-unsigned: true"))) {
      assertThat(allowed.dryRun().refresh().activity().warnings())
          .anySatisfy(
              w -> assertThat(w).startsWith("No public key is configured").doesNotContain("\n"));
    }
  }

  @Test
  void allowUnsignedDoesNotWeakenAPublicKey() throws IOException, SQLException {
    publish(KeyPairs.generateSigningKey(), tree -> {});
    refused(
        asked().allowUnsigned().more("allow-unsigned: true"),
        ErrorCode.SIGNATURE_INVALID,
        "is signed by another key");
    ObjectNode tree = (ObjectNode) new JsonMapper().readTree(store.read(MANIFEST).orElseThrow());
    tree.remove("signature");
    store.put(MANIFEST, new JsonMapper().writeValueAsBytes(tree));
    refused(
        asked().allowUnsigned().more("allow-unsigned: true"),
        ErrorCode.SIGNATURE_INVALID,
        "is not signed");
  }

  @Test
  void aManifestThatAnotherSigned() throws Exception {
    publish(KeyPairs.generateSigningKey(), tree -> {});
    refused(asked(), ErrorCode.SIGNATURE_INVALID, "is signed by another key", "DECANT_VERIFY_KEY");
  }

  @Test
  void aForeignSignatureThatClaimsTheRightKey() throws Exception {
    SigningKey foreign = KeyPairs.generateSigningKey();
    publish(foreign, tree -> {});
    edit(Signatures.keyId(foreign.publicKey()), Signatures.keyId(ShopSnapshot.KEY.publicKey()));
    refused(asked(), ErrorCode.SIGNATURE_INVALID, "was changed after it was signed");
  }

  @ParameterizedTest
  @CsvSource({
    "'\"mask\" : \"', '\"mask\" : \"x'",
    "'\"admin\"', '\"other\"'",
    "'\"frames\"', '\"note\" : 1, \"frames\"'"
  })
  void aManifestThatWasEdited(String from, String to) throws SQLException {
    edit(from, to);
    refused(asked(), ErrorCode.SIGNATURE_INVALID, "was changed after it was signed");
  }

  @Test
  void aManifestOfAnotherSnapshotInItsPlace() throws SQLException {
    SnapshotName other = new SnapshotName("shop", "production", "shop_20260101-060000");
    ShopSnapshot.publish(store, other, 50_000, ShopSnapshot.KEY);
    store.put(MANIFEST, store.read(other.key(SnapshotName.MANIFEST)).orElseThrow());
    refused(
        asked().snapshot(ShopSnapshot.NAME.name()),
        ErrorCode.SNAPSHOT_DAMAGED,
        "belongs to the snapshot " + other);
  }

  @Test
  void aSnapshotOfAnotherService() throws SQLException {
    SnapshotName other = new SnapshotName("payroll", "production", "payroll_20260101-060000");
    ShopSnapshot.publish(store, other, 50_000, ShopSnapshot.KEY);
    refused(
        asked().snapshot(other.toString()),
        ErrorCode.REFUSED,
        "It takes snapshots of shop/production");
  }

  @Test
  void theLatestSnapshotIfItIsOlderThanThatOfStaging() throws SQLException {
    SnapshotName newer = new SnapshotName("shop", "production", "shop_20990101-060000");
    ShopSnapshot.publish(store, newer, 50_000, ShopSnapshot.KEY);
    asked().refresh();
    store.delete(newer.key(SnapshotName.MANIFEST));

    for (Asked latest : List.of(asked(), asked().dryRun(), asked().snapshot(PLACE + "latest"))) {
      assertThatThrownBy(latest::refresh)
          .isInstanceOfSatisfying(
              DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REFUSED))
          .hasMessageContainingAll(
              "The latest snapshot is " + ShopSnapshot.NAME,
              "but staging has " + newer + ", which was taken later, at 2099-01-01",
              "give its name");
      assertThat(staging.ask("SELECT snapshot FROM decant.refresh")).hasValue(newer.toString());
    }
    asked().snapshot(ShopSnapshot.NAME.name()).refresh();
    assertThat(staging.ask("SELECT snapshot FROM decant.refresh"))
        .hasValue(ShopSnapshot.NAME.toString());
    asked().refresh();
  }

  @Test
  void aSnapshotThatIsNotThere() throws SQLException {
    refused(asked().snapshot("none"), ErrorCode.SNAPSHOT_NOT_FOUND, "decant list");
    store.delete(DUMP);
    refused(asked(), ErrorCode.SNAPSHOT_DAMAGED, DUMP);
  }

  @Test
  void aRawDumpInPlaceOfTheSanitizedOne() throws IOException, SQLException {
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    dev.decant.demo.ShopDump.write(raw, 1_500_000, 1);
    store.put(DUMP, com.github.luben.zstd.Zstd.compress(raw.toByteArray()));
    refused(asked(), ErrorCode.SNAPSHOT_DAMAGED, DUMP, "manifest");
  }

  @Test
  void aRawDumpWithoutAManifest() throws SQLException {
    store.delete(MANIFEST);
    refused(asked(), ErrorCode.SNAPSHOT_NOT_FOUND, "There is no snapshot");
    refused(asked().snapshot(ShopSnapshot.NAME.name()), ErrorCode.SNAPSHOT_NOT_FOUND);
  }

  @Test
  void aDumpThatWasEdited() throws SQLException {
    byte[] dump = store.read(DUMP).orElseThrow();
    dump[dump.length / 2] ^= 1;
    store.put(DUMP, dump);
    ended(asked(), ErrorCode.SNAPSHOT_DAMAGED, DUMP, "SHA-256");
    assertThat(staging.history("status")).isEqualTo("failed");
  }

  @ParameterizedTest
  @CsvSource({
    "select 20260302",
    "select '9999999999999999999999'",
    "select 'not a number at all'",
    "select null",
    "select 1 where false",
    "select ''"
  })
  void aSchemaThatIsNewerOrOfNoVersion(String sql) throws SQLException {
    ended(
        asked().more("schema-version: { sql: \"" + sql + "\", at-most: 20260301 }"),
        ErrorCode.REFUSED,
        "Target staging was not changed",
        "version");
  }

  @Test
  void aSchemaThatIsNotNewerPasses() {
    assertThat(
            asked().more("schema-version: { sql: select 20260301, at-most: 20260301 }").refresh())
        .isInstanceOf(RefreshResult.Refreshed.class);
  }

  @Test
  void anAnchorThatTheSnapshotDoesNotHave() throws SQLException {
    refused(
        asked().more("rekey: { owner: { set: { full_name: Staging } } }"),
        ErrorCode.ANCHOR_NOT_FOUND,
        "has no anchor owner",
        "It has: admin",
        "Add it to anchors in the policy");
  }

  @Test
  void anAnchorWhoseRowIsGone() throws SQLException {
    ended(
        asked()
            .more(
                """
                sql: [ "truncate \\"user\\" cascade" ]
                rekey: { admin: { set: { full_name: Staging } } }
                """),
        ErrorCode.ANCHOR_NOT_FOUND,
        "does not exist in the new database");
  }

  @Test
  void aColumnOfRekeyThatTheTableDoesNotHave() throws SQLException {
    for (String rekey :
        List.of(
            "{ set: { ful_name: Staging } }",
            "{ password: { column: ful_name, algorithm: bcrypt, value: \"${ADMIN_PASSWORD}\" }"
                + " }")) {
      Asked asked = asked().more("rekey: { admin: " + rekey + " }");
      refused(asked, ErrorCode.SQL_STEP_FAILED, "anchor admin", "ful_name. Write full_name");
      refused(asked.dryRun(), ErrorCode.SQL_STEP_FAILED, "ful_name. Write full_name");
    }
  }

  @Test
  void sqlThatDoesNotFitTheSnapshotsSchema() throws SQLException {
    Asked asked =
        asked()
            .more(
                """
                schema-version: { sql: 'select max(v) from no_versions', at-most: 1 }
                sql: [ "update \\"user\\" set ful_name = 'x'; select 1", "update \\"user\\" set id = id" ]
                assertions: [ { name: none, sql: select from no_table, empty: true } ]
                keep-tables: [ public.nowhere ]
                """);
    String[] says = {
      "no_versions", "ful_name", "no_table", "nowhere", "does not exist in the old database"
    };
    refused(asked, ErrorCode.REFUSED, says);
    refused(asked.dryRun(), ErrorCode.REFUSED, says);
  }

  @Test
  void namesThatAStatementBeforeMayMakeAreNotHeldAgainstTheSql() {
    RefreshResult result =
        asked()
            .more(
                """
                sql: [ "create table made (id int)", "insert into made values (1)" ]
                assertions: [ { name: made, sql: select count(*) from made, equals: 1 } ]
                """)
            .refresh();

    assertThat(result).isInstanceOf(RefreshResult.Refreshed.class);
    assertThat(result.activity().warnings()).noneSatisfy(w -> assertThat(w).contains("not tried"));
  }

  @Test
  void aDryRunTellsWhichHooksWouldFailNow() {
    assertThat(
            asked()
                .more(
                    """
                    hooks:
                      before: [ { redis: "redis://127.0.0.1:1", flush: db } ]
                      after: [ { command: [ ./no-such-program ] }, { command: [ sh ] } ]
                    """)
                .dryRun()
                .refresh()
                .activity()
                .warnings())
        .anySatisfy(w -> assertThat(w).contains("redis://127.0.0.1:1", "accepts no connection"))
        .anySatisfy(w -> assertThat(w).contains("./no-such-program", "does not exist"))
        .noneSatisfy(w -> assertThat(w).contains("run sh"));
  }

  private static void add(ObjectNode object, String size) {
    object.put(size, object.get(size).longValue() + (1L << 52));
  }

  @Test
  void tooLittleDisk() throws Exception {
    publish(
        ShopSnapshot.KEY,
        tree -> {
          add((ObjectNode) tree.get("dump"), "textSize");
          add((ObjectNode) tree.at("/frames/2"), "textLength");
        });
    assertThat(asked().dryRun().refresh().activity().warnings())
        .as("a role that cannot see the server's folder is told what it takes")
        .anySatisfy(warning -> assertThat(warning).contains("MiB beside the old one"));
    staging.asSuperuser("GRANT pg_read_all_settings TO " + staging.name());
    refused(asked(), ErrorCode.DISK_FULL, "The new database needs about", "Give it more disk");
    refused(asked().dryRun(), ErrorCode.DISK_FULL);
  }

  @Test
  void anExtensionThatTheServerDoesNotHave() throws Exception {
    publish(ShopSnapshot.KEY, tree -> tree.putArray("extensions").add("timescaledb"));
    refused(asked(), ErrorCode.EXTENSION_MISSING, "timescaledb", "Install their packages");
  }

  @Test
  void anExtensionThatTheRoleMayNotCreate() throws Exception {
    publish(ShopSnapshot.KEY, tree -> tree.putArray("extensions").add("pageinspect"));
    refused(asked(), ErrorCode.EXTENSION_MISSING, "may not create", "pageinspect");
  }

  @Test
  void aSchemaThatTheServerIsTooOldFor() throws Exception {
    store = new MemorySnapshotStore();
    ShopSnapshot.publishWithDdl(
        store, "CREATE COLLATION public.plain (provider = builtin, locale = 'C.UTF-8');\n\n");
    publish(
        ShopSnapshot.KEY, tree -> ((ObjectNode) tree.get("source")).put("serverVersion", "18.1"));
    refused(
        asked(),
        ErrorCode.REFUSED,
        "built-in collations (since 17)",
        "Staging is unchanged",
        "Upgrade the server");
  }

  @Test
  void aSnapshotOfANewerServerIsTold() throws Exception {
    publish(
        ShopSnapshot.KEY, tree -> ((ObjectNode) tree.get("source")).put("serverVersion", "18.1"));
    assertThat(asked().dryRun().refresh().activity().warnings())
        .anySatisfy(warning -> assertThat(warning).contains("PostgreSQL 18", "server is 15"));
  }
}
