package dev.decant.policy.parse;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.policy.FakeMasks;
import dev.decant.policy.Policy;
import dev.decant.policy.PolicyFixture;

/** A Jazzer test. A build runs its seeds, and {@code JAZZER_FUZZ=1} makes it search for more. */
final class PolicyParserFuzzTest {
  @FuzzTest(maxDuration = "1h", maxExecutions = 1_000_000)
  void bytesAreAPolicyOrTheOneError(byte[] data) {
    try {
      Policy policy =
          new PolicyParser(new FakeMasks())
              .parse("policy.yaml", data, PolicyFixture.FILES, PolicyFixture.VALUES);
      assertThat(policy.origin().sha256()).hasSize(64);
    } catch (DecantException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.POLICY_INVALID);
      assertThat(e.getMessage()).doesNotContain(PolicyFixture.SECRET);
    }
  }
}
