package dev.decant.sanitize;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.SnapshotName;
import dev.decant.policy.MaskCatalog;
import dev.decant.policy.Policy;
import dev.decant.policy.PolicyFiles;
import dev.decant.policy.parse.PolicyParser;
import dev.decant.source.Source;
import dev.decant.source.Sources;
import dev.decant.testing.MemorySnapshotStore;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real dumps with every kind of object are sanitized with the policy that decant proposes for them,
 * verified in full, and restored once more from the frames.
 */
class KitchenSinkIT {
  private static final String EMPTY = "version: 1\nlarge-objects: keep\n";

  @TempDir Path work;
  private final MemorySnapshotStore store = new MemorySnapshotStore();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kitchen-server15-dump15",
        "kitchen-server15-dump15-clean",
        "kitchen-server18-dump18-create-clean",
        "kitchen-server18-dump18-statistics"
      })
  void thePolicyThatWasProposedSanitizesEveryKindOfObject(String name) throws Exception {
    Path dump = Path.of("src/test/resources/dump", name + ".sql");
    Path proposed = Files.writeString(work.resolve("policy.yaml"), proposal(dump));
    SanitizeResult result = run(dump, Files.readString(proposed));
    assertThat(result).isInstanceOf(SanitizeResult.Published.class);
    // The proposal truncates app.cache, which has one row.
    assertThat(result.rowsOut()).isEqualTo(result.rowsIn() - 1).isPositive();
    byte[] zst = store.read(Shop.NAME.key(SnapshotName.DUMP)).orElseThrow();
    try (var in = new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(zst))) {
      assertThat(new String(in.readAllBytes(), UTF_8))
          .doesNotContain(
              "OWNER TO", "GRANT ", "CREATE USER MAPPING", "pg_restore_attribute_stats");
    }
  }

  /** An empty policy is refused, and the error proposes a complete one. */
  private String proposal(Path dump) {
    try {
      run(dump, EMPTY + "tables: {}\n");
    } catch (DecantException e) {
      assertThat(e.code()).as(e.getMessage()).isEqualTo(ErrorCode.POLICY_INVALID);
      String message = String.valueOf(e.getMessage());
      return message.substring(message.indexOf("marked REVIEW:\n") + 15);
    }
    throw new AssertionError("an empty policy passed");
  }

  private SanitizeResult run(Path dump, String yaml) {
    Policy policy =
        new PolicyParser(MaskCatalog.standard())
            .parse("policy.yaml", yaml.getBytes(UTF_8), PolicyFiles.none(), Map.of());
    try (Source source = Sources.open(dump.toString())) {
      return Sanitization.run(Shop.builder(source, policy, store, work).full(true).build());
    }
  }
}
