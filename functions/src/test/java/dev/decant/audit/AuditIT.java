package dev.decant.audit;

import static dev.decant.audit.PublishedCopy.DUMP;
import static dev.decant.audit.PublishedCopy.MANIFEST;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.audit.AuditCheck.Outcome;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.frame.Frame;
import dev.decant.manifest.Manifest;
import dev.decant.manifest.ManifestJson;
import dev.decant.manifest.Signatures;
import dev.decant.manifest.SnapshotName;
import dev.decant.policy.Policy;
import dev.decant.progress.Progress;
import dev.decant.schema.TableName;
import dev.decant.scratch.ScratchOptions;
import dev.decant.setting.KeyPairs;
import dev.decant.setting.Keys;
import dev.decant.setting.Settings;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.ShopSnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damages a published snapshot in every way that a stranger has, and looks what an audit finds. */
final class AuditIT {
  private static final MemorySnapshotStore PUBLISHED = new MemorySnapshotStore();
  private static final PublicKey KEY = ShopSnapshot.KEY.publicKey();

  @BeforeAll
  static void publish() {
    ShopSnapshot.publish(PUBLISHED);
  }

  private final PublishedCopy copy = new PublishedCopy(PUBLISHED);

  private AuditResult audit(@Nullable PublicKey key, @Nullable Policy policy) {
    return Audit.run(
        new AuditRequest(
            copy.store,
            ShopSnapshot.NAME,
            key,
            policy,
            new AuditRequest.Scratch("embedded", ScratchOptions.of(Map.of())),
            2,
            Progress.NONE));
  }

  private List<AuditCheck> failures() {
    return audit(KEY, null).checks().stream().filter(c -> c.outcome() == Outcome.FAILS).toList();
  }

  @Test
  void whatWasPublishedHolds() {
    AuditResult result = audit(KEY, ShopSnapshot.policy());

    assertThat(result.checks())
        .as("%s", result.checks())
        .extracting(AuditCheck::outcome)
        .containsOnly(Outcome.HOLDS);
    assertThat(result.checks())
        .extracting(AuditCheck::subject)
        .containsExactly(
            "signature",
            "manifest",
            "frames",
            "run",
            "leak trace",
            "dump",
            "md5 file",
            "report",
            "restore",
            "rows",
            "policy",
            "assertions");
    assertThat(result.holds()).isTrue();
  }

  @Test
  void withoutAKeyAndAPolicyTheAuditSaysWhatItDidNotCheck() {
    AuditResult result = audit(null, null);

    assertThat(result.holds()).isTrue();
    assertThat(result.checks())
        .filteredOn(c -> c.outcome() == Outcome.NOT_CHECKED)
        .extracting(AuditCheck::subject)
        .containsExactly("signature", "assertions");
  }

  @ParameterizedTest
  @EnumSource(Frame.Kind.class)
  void aFlippedBitInAnyFrameIsFound(Frame.Kind kind) {
    for (Frame frame : copy.manifest().frames()) {
      if (frame.kind() == kind) {
        for (long at : new long[] {0, 4, frame.length() / 2, frame.length() - 1}) {
          int place = (int) (frame.offset() + at);
          copy.flip(DUMP, place, (int) (at % 8));
          assertThat(failures())
              .as("%s at %s", frame, at)
              .anySatisfy(
                  c -> assertThat(c.detail()).contains("The frame at byte " + frame.offset() + " "))
              .anySatisfy(
                  c -> assertThat(c.detail()).contains("The file does not have the SHA-256"))
              .hasSize(3);
          copy.flip(DUMP, place, (int) (at % 8));
        }
      }
    }
  }

  @Test
  void aFlippedBitInTheSeekTableIsFound() {
    int size = copy.read(DUMP).length;
    Frame last = copy.manifest().frames().getLast();
    for (int at = (int) (last.offset() + last.length()); at < size; at++) {
      copy.flip(DUMP, at, at % 8);
      assertThat(failures())
          .as("at %s", at)
          .anySatisfy(c -> assertThat(c.detail()).contains("The seek table"));
      copy.flip(DUMP, at, at % 8);
    }
  }

  /** Each bit of the signature, and many bits of the rest. */
  @Test
  void aFlippedBitInTheManifestIsFound() {
    byte[] manifest = copy.read(MANIFEST);
    int signature = new String(manifest, UTF_8).lastIndexOf("\"signature\"");
    assertThat(signature).isPositive();
    copy.store.delete(DUMP); // its absence is a failure of its own, and saves reading it each time
    Random random = new Random(7);
    IntStream.concat(
            random.ints(400, 0, manifest.length * 8),
            IntStream.range(signature * 8, (manifest.length - 1) * 8))
        .forEach(
            bit -> {
              copy.flip(MANIFEST, bit / 8, bit % 8);
              assertThat(failures())
                  .extracting(AuditCheck::subject)
                  .as("bit %s of byte %s, %s", bit % 8, bit / 8, (char) manifest[bit / 8])
                  .containsAnyOf("signature", "manifest");
              copy.flip(MANIFEST, bit / 8, bit % 8);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {SnapshotName.MD5, SnapshotName.REPORT})
  void aFlippedBitInAFileBesideTheDumpIsFound(String suffix) {
    String key = ShopSnapshot.NAME.key(suffix);
    int size = copy.read(key).length;
    for (int at : new int[] {0, size / 2, size - 1}) {
      copy.flip(key, at, 0);
      assertThat(failures()).as("%s at %s", key, at).hasSize(1);
      copy.flip(key, at, 0);
    }
    copy.store.delete(key);
    assertThat(failures())
        .singleElement()
        .satisfies(c -> assertThat(c.detail()).contains("does not exist"));
  }

  @Test
  void aCutFileIsFound() {
    Frame last = copy.manifest().frames().getLast();
    for (int size : new int[] {0, 1, (int) last.offset() + 1, copy.read(DUMP).length - 1}) {
      copy.change(DUMP, bytes -> Arrays.copyOf(bytes, size));
      assertThat(failures())
          .anySatisfy(c -> assertThat(c.detail()).contains("It has " + size + " bytes"));
      copy.store.put(DUMP, PUBLISHED.read(DUMP).orElseThrow());
    }
    copy.store.delete(DUMP);
    assertThat(failures()).anySatisfy(c -> assertThat(c.detail()).contains("does not exist"));
  }

  @Test
  void aByteAfterTheEndIsFound() {
    copy.change(DUMP, bytes -> Arrays.copyOf(bytes, bytes.length + 1));
    assertThat(failures()).anySatisfy(c -> assertThat(c.detail()).contains("It has"));
  }

  @Test
  void swappedFramesAreFound() {
    List<Frame> rows =
        copy.manifest().frames().stream().filter(f -> f.kind() == Frame.Kind.ROWS).toList();
    Frame first = rows.get(0);
    Frame second = rows.get(1);
    copy.change(DUMP, bytes -> swapped(bytes, first, second));
    assertThat(failures())
        .extracting(AuditCheck::detail)
        .anySatisfy(d -> assertThat(d).contains("at byte " + first.offset()))
        .anySatisfy(d -> assertThat(d).contains("at byte " + second.offset()));
  }

  private static byte[] swapped(byte[] dump, Frame one, Frame other) {
    byte[] changed = dump.clone();
    int length = (int) Math.min(one.length(), other.length());
    System.arraycopy(dump, (int) one.offset(), changed, (int) other.offset(), length);
    System.arraycopy(dump, (int) other.offset(), changed, (int) one.offset(), length);
    return changed;
  }

  @Test
  void anEditedManifestIsFound() {
    copy.edit(tree -> tree.put("decant", "9.9.9"));
    assertThat(failures())
        .singleElement()
        .satisfies(c -> assertThat(c.detail()).contains("was changed after it was signed"));
  }

  @Test
  void theSqlOfASnapshotThatTheKeyDidNotSignIsNotRun() {
    copy.edit(tree -> tree.remove("signature"));

    assertThat(audit(KEY, null).checks())
        .anySatisfy(
            c -> {
              assertThat(c.outcome()).isEqualTo(Outcome.NOT_CHECKED);
              assertThat(c.subject()).isEqualTo("restore");
              assertThat(c.detail()).contains("is not run");
            })
        .noneMatch(c -> c.subject().equals("rows"));
  }

  @Test
  void aManifestOfAnotherSnapshotIsFound() {
    SnapshotName other = new SnapshotName("shop", "production", "shop_20260101-060000");
    ShopSnapshot.publish(copy.store, other, 50_000, ShopSnapshot.KEY);
    copy.store.put(MANIFEST, copy.read(other.key(SnapshotName.MANIFEST)));
    assertThat(failures())
        .singleElement()
        .satisfies(c -> assertThat(c.detail()).contains("belongs to the snapshot " + other));
  }

  @Test
  void theSignatureOfAnotherSnapshotIsFound() {
    SnapshotName other = new SnapshotName("shop", "production", "shop_20260101-060000");
    ShopSnapshot.publish(copy.store, other, 50_000, ShopSnapshot.KEY);
    Manifest.Signature foreign =
        ManifestJson.read(copy.read(other.key(SnapshotName.MANIFEST)), "m").signature();
    copy.store.put(MANIFEST, ManifestJson.write(copy.manifest().with(foreign)));
    assertThat(failures())
        .singleElement()
        .satisfies(c -> assertThat(c.detail()).contains("was changed after it was signed"));
  }

  @Test
  void aDamagedManifestIsALine() {
    copy.change(MANIFEST, bytes -> Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(failures())
        .singleElement()
        .satisfies(c -> assertThat(c.detail()).contains("is not JSON"));
  }

  @Test
  void aManifestThatDoesNotFitTheSchemaIsFound() {
    copy.publishAgain(tree -> ((ObjectNode) tree.get("policy")).put("sha256", "ABC"));
    assertThat(failures())
        .singleElement()
        .satisfies(
            c ->
                assertThat(c.detail()).isEqualTo("/policy/sha256 does not fit the rule 'pattern'"));
  }

  @Test
  void aWrongNumberOfRowsIsFound() {
    Manifest manifest = copy.manifest();
    Manifest.Table table =
        manifest.tables().stream().filter(t -> t.rowsOut() > 0).findFirst().orElseThrow();
    copy.publishAgain(
        tree -> {
          tree.put("rowsOut", manifest.rowsOut() + 1);
          tree.get("tables")
              .forEach(
                  t -> {
                    if (t.get("table").asText().equals(table.table().toString())) {
                      ((ObjectNode) t).put("rowsOut", table.rowsOut() + 1);
                    }
                  });
          for (int i = 0; i < manifest.frames().size(); i++) {
            Frame frame = manifest.frames().get(i);
            if (frame.kind() == Frame.Kind.ROWS && table.table().equals(frame.table())) {
              ((ObjectNode) tree.get("frames").get(i)).put("rows", frame.rows() + 1);
              break;
            }
          }
        });
    assertThat(failures())
        .singleElement()
        .satisfies(c -> assertThat(c.detail()).contains("rows, but the manifest states"));
  }

  @Test
  void aSignedSnapshotThatDoesNotRestoreIsFound() {
    List<Frame> frames = copy.manifest().frames();
    int rows =
        IntStream.range(0, frames.size())
            .filter(i -> frames.get(i).kind() == Frame.Kind.ROWS)
            .findFirst()
            .orElseThrow();
    copy.repeatFrame(rows);

    assertThat(failures())
        .singleElement()
        .satisfies(
            c -> {
              assertThat(c.subject()).isEqualTo("restore");
              assertThat(c.detail()).contains("violate these constraints");
            });
  }

  @Test
  void anAssertionThatNoLongerHoldsIsFound() {
    Policy policy = ShopSnapshot.policy();
    Policy stricter =
        new Policy(
            policy.origin(),
            policy.parameters(),
            policy.locale(),
            policy.tables(),
            policy.objects(),
            policy.anchors(),
            new Policy.AfterLoad(
                List.of(),
                List.of(
                    new Policy.Assertion("no users", 3, "select from \"user\"", null),
                    new Policy.Assertion("no column", 4, "select nothing from \"user\"", null)),
                new Policy.Reidentification(
                    List.of(
                        new Policy.QuasiIdentifiers(
                            new TableName("public", "address"), 5, List.of("user_id", "country"))),
                    100)),
            policy.trace());

    assertThat(audit(KEY, stricter).checks())
        .filteredOn(c -> c.outcome() == Outcome.FAILS)
        .extracting(AuditCheck::detail)
        .satisfiesExactly(
            d -> assertThat(d).contains("\"no users\" does not hold", "but none was expected"),
            d -> assertThat(d).contains("no column"),
            d ->
                assertThat(d)
                    .contains("k-anonymity does not hold: table public.address, columns user_id"));
  }

  @Test
  void anotherPolicyIsFound() {
    copy.publishAgain(
        tree -> ((ObjectNode) tree.get("policy")).put("sha256", "0123456789abcdef".repeat(4)));
    assertThat(audit(KEY, ShopSnapshot.policy()).checks())
        .filteredOn(c -> c.outcome() == Outcome.FAILS)
        .singleElement()
        .satisfies(c -> assertThat(c.detail()).contains("was made with the policy 0123"));
  }

  @Test
  void aKeyOfAnotherPublisherIsFound() {
    PublicKey other = KeyPairs.generateSigningKey().publicKey();
    assertThat(audit(other, null).checks())
        .anySatisfy(
            c -> {
              assertThat(c.outcome()).isEqualTo(Outcome.FAILS);
              assertThat(c.detail())
                  .contains("signed by another key than " + Signatures.keyId(other));
            });
  }

  /** decant 0.1 before it recorded the sums of reports and the verdict made this snapshot. */
  @Test
  void aSnapshotOfTheFirstFormatHolds() throws IOException {
    SnapshotName name = new SnapshotName("local", "local", "users_20260101-060000");
    MemorySnapshotStore store = new MemorySnapshotStore();
    for (String suffix :
        List.of(SnapshotName.MANIFEST, SnapshotName.DUMP, SnapshotName.MD5, SnapshotName.REPORT)) {
      store.put(name.key(suffix), resource(name.name() + suffix));
    }
    String key = new String(resource("verify.key"), UTF_8);
    AuditResult result =
        Audit.run(
            new AuditRequest(
                store,
                name,
                new Keys(
                        new Settings(Map.of("DECANT_VERIFY_KEY", key)),
                        arn -> new byte[0],
                        warning -> {})
                    .verifyKey()
                    .orElseThrow(),
                null,
                new AuditRequest.Scratch("embedded", ScratchOptions.of(Map.of())),
                1,
                Progress.NONE));

    assertThat(result.holds()).as("%s", result.checks()).isTrue();
    assertThat(result.checks())
        .filteredOn(c -> c.outcome() == Outcome.NOT_CHECKED)
        .extracting(AuditCheck::subject)
        .containsExactly("report", "assertions");
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = AuditIT.class.getResourceAsStream("first-format/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  @Test
  void anExtensionThatTheServerLacksIsNotChecked() {
    MemorySnapshotStore store = new MemorySnapshotStore();
    ShopSnapshot.publish(store, List.of("postgis"));
    AuditResult result =
        Audit.run(
            new AuditRequest(
                store,
                ShopSnapshot.NAME,
                KEY,
                ShopSnapshot.policy(),
                new AuditRequest.Scratch("embedded", ScratchOptions.of(Map.of())),
                1,
                Progress.NONE));

    assertThat(result.holds()).as("%s", result.checks()).isTrue();
    assertThat(result.checks())
        .filteredOn(c -> c.outcome() == Outcome.NOT_CHECKED)
        .extracting(AuditCheck::detail)
        .singleElement()
        .satisfies(detail -> assertThat(detail).contains("EXTENSION postgis", "is not available"));
    assertThat(result.checks())
        .filteredOn(c -> c.subject().equals("assertions"))
        .extracting(AuditCheck::outcome)
        .containsExactly(Outcome.HOLDS);
  }

  @Test
  void anAbsentSnapshotIsAnError() {
    copy.store.delete(MANIFEST);
    assertThatThrownBy(() -> audit(KEY, null))
        .isInstanceOfSatisfying(
            DecantException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.SNAPSHOT_NOT_FOUND));
  }
}
