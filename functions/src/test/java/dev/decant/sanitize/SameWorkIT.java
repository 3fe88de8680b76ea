package dev.decant.sanitize;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.ManifestJson;
import dev.decant.manifest.SnapshotName;
import dev.decant.mask.cipher.MaskingKey;
import dev.decant.policy.Policy;
import dev.decant.source.Source;
import dev.decant.source.Sources;
import dev.decant.testing.MemorySnapshotStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs are the same work only if all inputs of the snapshot are the same. */
class SameWorkIT {
  private static final String OTHER_INPUTS =
      "a file beside the policy, a parameter, or the version of the masks";
  private static final String NOT_RECORDED = "nothing proves that it is the same";
  private static final String DUMP =
      """
      CREATE TABLE public.t (id integer NOT NULL, word text);

      COPY public.t (id, word) FROM stdin;
      1\tone
      \\.
      """;
  private static final String POLICY =
      """
      version: 1
      parameters: [OWNER]
      tables:
        public.t: { keep: [id], columns: { word: { mask: pick, file: words.txt } } }
      sql:
        - file: cleanup.sql
        - update public.t set id = 7 where word = ${OWNER}
      """;

  @TempDir Path folder;
  private final MemorySnapshotStore store = new MemorySnapshotStore();
  private final Map<String, String> files = new HashMap<>();
  private final Map<String, String> parameters = new HashMap<>();
  private MaskingKey key = Shop.key();
  private String yaml = POLICY;
  private Path dump = Path.of("");

  @BeforeEach
  void aFirstRunPublishes() throws Exception {
    files.put("words.txt", "alpha\nbeta\n");
    files.put("cleanup.sql", "select 1");
    parameters.put("OWNER", "owner@example.com");
    dump = Files.writeString(folder.resolve("t.sql"), SmallDump.dump(DUMP));
    assertThat(run()).isInstanceOf(SanitizeResult.Published.class);
  }

  private SanitizeResult run() {
    try (Source source = Sources.open(dump.toString())) {
      return run(source, Shop.NAME);
    }
  }

  private SanitizeResult run(Source source, SnapshotName name) {
    Policy policy = SmallDump.policy(yaml, files, parameters);
    return Sanitization.run(
        Shop.builder(source, policy, store, folder.resolve("work")).name(name).key(key).build());
  }

  private static byte[] manifest(MemorySnapshotStore store) {
    return store.read(Shop.NAME.key(SnapshotName.MANIFEST)).orElseThrow();
  }

  private void assertRefused(String reason) {
    byte[] before = manifest(store);
    assertThatThrownBy(this::run)
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SNAPSHOT_EXISTS))
        .hasMessageContaining("is already published")
        .hasMessageContaining(reason + ". Nothing was changed")
        .hasMessageContaining("--name")
        .hasMessageContaining(Shop.NAME.key(SnapshotName.MANIFEST));
    assertThat(manifest(store)).isEqualTo(before);
  }

  @Test
  void theSameAgainIsADuplicate() {
    assertThat(run()).isInstanceOf(SanitizeResult.Duplicate.class);
  }

  @Test
  void anotherParameterIsOtherWork() {
    parameters.put("OWNER", "somebody@example.com");
    assertRefused(OTHER_INPUTS);
  }

  @Test
  void anEditedSqlFileIsOtherWork() {
    files.put("cleanup.sql", "update public.t set word = 'gone'");
    assertRefused(OTHER_INPUTS);
  }

  @Test
  void anEditedFileOfValuesIsOtherWork() {
    files.put("words.txt", "alpha\ngamma\n");
    assertRefused(OTHER_INPUTS);
  }

  @Test
  void anEditedPolicyIsOtherWork() {
    yaml += "# another\n";
    assertRefused("these differ: the policy");
  }

  @Test
  void anotherKeyIsOtherWork() {
    byte[] other = new byte[32];
    other[0] = 1;
    key = new MaskingKey(other);
    assertRefused("these differ: the masking key");
  }

  @Test
  void whatIsReplacedByHandIsMadeOfTheNewInputs() {
    files.put("words.txt", "gamma\n");
    store.delete(Shop.NAME.key(SnapshotName.MANIFEST));
    assertThat(run()).isInstanceOf(SanitizeResult.Published.class);
    assertThat(SmallDump.text(store)).contains("1\tgamma\n");
    // The claim of the first run still exists and is complete, but its snapshot was replaced.
    files.put("words.txt", "alpha\nbeta\n");
    assertRefused(OTHER_INPUTS);
  }

  @Test
  void anotherNameIsAnotherSnapshot() {
    SnapshotName name = new SnapshotName("shop", "production", "other_20260323-060000");
    try (Source source = Sources.open(dump.toString())) {
      assertThat(run(source, name)).isInstanceOf(SanitizeResult.Published.class);
    }
    assertThat(run()).isInstanceOf(SanitizeResult.Duplicate.class);
  }

  @Test
  void anEditedFileOfTheSameSizeIsOtherWork() throws Exception {
    Files.writeString(dump, SmallDump.dump(DUMP.replace("1\tone", "2\ttwo")));
    Files.setLastModifiedTime(dump, FileTime.from(Instant.now().plusSeconds(5)));
    assertRefused("these differ: the content of the source");
  }

  @Test
  void aFileThatWasOnlyTouchedIsADuplicate() throws Exception {
    Files.setLastModifiedTime(dump, FileTime.from(Instant.now().plusSeconds(5)));
    assertThat(run()).isInstanceOf(SanitizeResult.Duplicate.class);
  }

  @Test
  void standardInputIsToldByItsContent() {
    SnapshotName name = new SnapshotName("shop", "production", "stream_20260323-060000");
    String text = SmallDump.dump(DUMP);
    for (Class<? extends SanitizeResult> expected :
        List.of(SanitizeResult.Published.class, SanitizeResult.Duplicate.class)) {
      assertThat(run(StreamSource.of(text), name)).isInstanceOf(expected);
    }
    assertThatThrownBy(() -> run(StreamSource.of(text.replace("1\tone", "2\ttwo")), name))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SNAPSHOT_EXISTS));
  }

  /** An older manifest does not record all inputs of its snapshot. */
  @Test
  void aManifestWithoutInputsIsNoProof() {
    String json = new String(manifest(store), UTF_8);
    String before = json.replaceFirst(",\\s*\"inputs\"\\s*:\\s*\"[0-9a-f]{64}\"", "");
    assertThat(before).isNotEqualTo(json);
    assertThat(ManifestJson.read(before.getBytes(UTF_8), "manifest").policy().inputs()).isNull();
    store.put(Shop.NAME.key(SnapshotName.MANIFEST), before.getBytes(UTF_8));
    assertRefused(NOT_RECORDED);
    assertThatThrownBy(this::run).hasMessageContaining("did not record everything");
  }

  @Test
  void noValueOfAParameterIsInTheStore() {
    for (var object : store.list("")) {
      assertThat(object.key()).doesNotContain("owner@");
      if (!object.key().endsWith(SnapshotName.DUMP)) {
        assertThat(new String(store.read(object.key()).orElseThrow(), UTF_8))
            .doesNotContain("owner@example.com");
      }
    }
  }
}
