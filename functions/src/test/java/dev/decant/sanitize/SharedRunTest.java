package dev.decant.sanitize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.mask.cipher.MaskingKey;
import dev.decant.trace.TracedValues;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SharedRunTest {
  private static final SharedRun RUN = run("run-1", 1);

  private static SharedRun run(String id, int keyByte) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) keyByte);
    return new SharedRun(id, new MaskingKey(key));
  }

  private static List<String> secrets(SharedRun run) {
    byte[] trace = run.traceSecret();
    return List.of(
        hex(Arrays.copyOf(trace, trace.length / 2)),
        hex(Arrays.copyOfRange(trace, trace.length / 2, trace.length)),
        run.role().password(),
        hex(run.fileKey("plan")),
        hex(run.fileKey("dump")));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void eachSecretDependsOnTheKeyTheRunAndThePurpose() {
    List<String> all =
        Stream.of(RUN, run("run-2", 1), run("run-1", 2))
            .flatMap(run -> secrets(run).stream())
            .toList();
    Set<String> different = new LinkedHashSet<>(all);
    assertThat(different).hasSize(15).containsExactlyElementsOf(all);
  }

  /** The processes of a run must derive the same secrets. */
  @Test
  void secretsOfTheSameRunAreTheSameInEachProcess() {
    assertThat(secrets(run("run-1", 1))).isEqualTo(secrets(RUN));
  }

  @Test
  void secretsAreAsLongAsTheirUseNeeds() {
    assertThat(RUN.traceSecret()).hasSize(TracedValues.SECRET_BYTES);
    assertThat(RUN.fileKey("plan")).hasSize(32);
    assertThat(RUN.role().password()).hasSizeGreaterThanOrEqualTo(32);
  }
}
