package dev.decant.sanitize;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.SnapshotName;
import dev.decant.policy.MaskCatalog;
import dev.decant.policy.PolicyFiles;
import dev.decant.policy.parse.PolicyParser;
import dev.decant.progress.Progress;
import dev.decant.source.Source;
import dev.decant.source.Sources;
import dev.decant.store.StoredObject;
import dev.decant.testing.MemorySnapshotStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real dump with a canary in every place of the schema that can hold a secret. */
final class SecretsInDdlIT {
  private static final Path DUMP = Path.of("src/test/resources/dump/secrets-server15-dump15.sql");
  private static final String TABLES = "version: 1\ntables:\n  app.plain: { keep: [id, name] }\n";

  @TempDir Path work;
  private final MemorySnapshotStore store = new MemorySnapshotStore();
  private final List<String> said = new ArrayList<>();

  private void sanitize(String yaml, boolean stream) {
    Progress progress =
        new Progress() {
          @Override
          public void message(String text) {
            said.add(text);
          }
        };
    try (Source source =
        stream ? StreamSource.of(Files.readString(DUMP)) : Sources.open(DUMP.toString())) {
      var _ =
          Sanitization.run(
              Shop.builder(
                      source,
                      new PolicyParser(MaskCatalog.standard())
                          .parse("policy.yaml", yaml.getBytes(UTF_8), PolicyFiles.none(), Map.of()),
                      store,
                      work)
                  .progress(progress)
                  .full(true)
                  .build());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private String refusal(String yaml, boolean stream) {
    DecantException e = catchThrowableOfType(DecantException.class, () -> sanitize(yaml, stream));
    assertThat(e.code()).as(e.getMessage()).isEqualTo(ErrorCode.POLICY_INVALID);
    assertThat(store.list("")).isEmpty();
    return String.valueOf(e.getMessage());
  }

  private static String proposal(String refusal) {
    return refusal.substring(refusal.indexOf("marked REVIEW:\n") + 15);
  }

  private String published() throws IOException {
    byte[] zst = store.read(Shop.NAME.key(SnapshotName.DUMP)).orElseThrow();
    try (var in = new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(zst))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private void assertNoCanary() throws IOException {
    assertThat(published().toLowerCase(Locale.ROOT)).doesNotContain("canary");
    for (StoredObject object : store.list("")) {
      byte[] content = store.read(object.key()).orElseThrow();
      assertThat(new String(content, UTF_8).toLowerCase(Locale.ROOT)).doesNotContain("canary");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyPlaceNeedsARuleAndTheProposalIsEnough(boolean stream) throws IOException {
    String refusal = refusal(TABLES, stream);
    assertThat(refusal).doesNotContainIgnoringCase("canary");
    String policy = proposal(refusal);
    if (stream) {
      // The statements after the rows are only known at the end of the rows.
      policy = proposal(refusal(policy, true));
    }
    sanitize(policy, stream);
    assertNoCanary();
    assertThat(said)
        .allSatisfy(line -> assertThat(line).doesNotContainIgnoringCase("canary"))
        .anySatisfy(line -> assertThat(line).contains("FUNCTION app.link"));
    assertThat(published())
        .contains(
            "CREATE FUNCTION app.send",
            "-- redacted",
            "RETURN 'redacted' || 'redacted' || 'it''s fine';",
            "DEFAULT '{}'::jsonb",
            "FOR VALUES IN ('redacted')",
            "https://api.shop-corp.de/v1")
        .doesNotContain("CREATE TRIGGER hook", "COMMENT ON TRIGGER", "DISABLE TRIGGER");
  }

  @Test
  void whatIsKeptTravelsUnchanged() throws IOException {
    String policy = proposal(refusal(TABLES, false));
    sanitize(policy.replaceAll("(?m)^(  VIEW app.seen): .*$", "$1: keep"), false);
    assertThat(published()).containsOnlyOnce("canary").contains("'sk_live_canary00view'::text");
  }

  @Test
  void aStaleRuleIsFoundInAStreamToo() {
    String policy = proposal(refusal(TABLES, false)) + "\n";
    assertThat(refusal(policy.replace("TRIGGER hook ON", "TRIGGER hock ON"), true))
        .contains("The source has no object TRIGGER hock ON app.plain. Write TRIGGER hook ON");
  }
}
