package dev.decant.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A Jazzer test. A build runs its seeds, and {@code JAZZER_FUZZ=1} makes it search for more. */
final class ManifestJsonFuzzTest {
  static Stream<byte[]> seeds() {
    return Stream.of(
        ManifestJson.write(Examples.manifest()),
        "{\"version\": 1}".getBytes(UTF_8),
        "[".getBytes(UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "1h", maxExecutions = 1_000_000)
  void bytesAreAManifestOrTheOneError(byte[] data) {
    try {
      Manifest manifest = ManifestJson.read(data, "n.manifest.json");
      assertThat(ManifestJson.read(ManifestJson.write(manifest), "again")).isEqualTo(manifest);
    } catch (DecantException e) {
      assertThat(e.code()).isIn(ErrorCode.SNAPSHOT_DAMAGED, ErrorCode.INPUT_UNSUPPORTED);
    }
  }
}
