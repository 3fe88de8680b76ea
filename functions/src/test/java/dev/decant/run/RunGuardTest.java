package dev.decant.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RunGuardTest {
  private static RunGuard guard(@Nullable Instant deadline) {
    return new RunGuard(deadline, "nothing is left", "Give it more time");
  }

  private static DecantException stopped() {
    return new DecantException(ErrorCode.CANCELLED, "stopped");
  }

  @Test
  void deadlineInterruptsWhatWaitsAndLeavesTheThreadAsItWas() {
    AtomicBoolean interrupted = new AtomicBoolean();
    try (RunGuard guard = guard(Instant.now().plusMillis(100))) {
      guard.interruptibly(() -> interrupted.set(sleepsThrough()));
      assertThat(interrupted).isTrue();
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
      assertThat(guard.hasEnded()).isTrue();
      assertThatThrownBy(guard::check).hasMessageContaining("nothing is left");
    }
  }

  /** Whether this thread was interrupted. The interrupt status stays. */
  private static boolean sleepsThrough() {
    try {
      Thread.sleep(30_000);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Test
  void nothingIsBegunAfterTheEnd() {
    AtomicBoolean begun = new AtomicBoolean();
    try (RunGuard guard = guard(null)) {
      guard.end(stopped());
      assertThatThrownBy(() -> guard.interruptibly(() -> begun.set(true))).hasMessage("stopped");
      assertThat(begun).isFalse();
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }

  @Test
  void whatFollowsTheWorkIsNotInterrupted() {
    try (RunGuard guard = guard(null)) {
      guard.interruptibly(() -> {});
      guard.end(stopped());
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }
}
