package dev.decant.hook;

import static dev.decant.hook.HookFixture.CONTEXT;
import static dev.decant.hook.HookFixture.command;
import static dev.decant.hook.HookFixture.continuing;
import static dev.decant.hook.HookFixture.retries;
import static dev.decant.hook.HookFixture.run;
import static dev.decant.hook.HookFixture.shell;
import static dev.decant.hook.HookFixture.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.progress.Progress;
import dev.decant.target.Hook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules that serve every hook, with real programs. */
final class HooksIT {
  @TempDir Path folder;

  @Test
  void failureThatMeansUndoingEndsThePhase() {
    List<Hook> hooks =
        List.of(
            command(retries(0), "true"), command(retries(0), "false"), command(retries(0), "true"));
    List<HookResult> results = Hooks.run(hooks, CONTEXT, Progress.NONE);
    assertThat(results).extracting(HookResult::ok).containsExactly(true, false);
    DecantException failure = Hooks.failure(results).orElseThrow();
    assertThat(failure.code()).isEqualTo(ErrorCode.HOOK_FAILED);
    assertThat(failure)
        .hasMessage(
            "The hook in line 7 of the targets file (run false) failed after 1 attempt in 0 s: it"
                + " ended with exit code 1. Correct what it found or the hook; on-failure: continue"
                + " goes on without it.");
  }

  @Test
  void failureThatMayBeIsToldAndThePhaseGoesOn() {
    HookFixture.Messages messages = new HookFixture.Messages();
    List<HookResult> results =
        Hooks.run(
            List.of(command(continuing(), "false"), command(retries(0), "true")),
            CONTEXT,
            messages);
    assertThat(results).extracting(HookResult::ok).containsExactly(false, true);
    assertThat(Hooks.failure(results)).isEmpty();
    assertThat(messages.all)
        .containsExactly(
            "The hook in line 8 of the targets file (run false) failed after 1 attempt in 0 s: it"
                + " ended with exit code 1.");
  }

  @Test
  void attemptsFollowUntilOneSucceeds() {
    String third = "echo x >> " + folder.resolve("n") + "; test $(wc -l < " + folder.resolve("n");
    HookResult result = run(shell(retries(5), third + ") -ge 3"));
    assertThat(result.ok()).isTrue();
    assertThat(result.attempts()).isEqualTo(3);
  }

  @Test
  void attemptsEndWithTheRetries() {
    HookResult result = run(shell(retries(1), "exit 3"));
    assertThat(result.ok()).isFalse();
    assertThat(result.attempts()).isEqualTo(2);
    assertThat(result.message()).isEqualTo("it ended with exit code 3");
  }

  @Test
  void hopelessFailureIsNotTriedAgain() {
    HookResult result = run(command(retries(5), "/nowhere/smoke.sh"));
    assertThat(result.attempts()).isEqualTo(1);
    assertThat(result.message())
        .isEqualTo("it cannot be started: check that it is there and executable");
  }

  @Test
  void interruptionCancelsAndEndsTheProgram() throws InterruptedException, IOException {
    Thread main = Thread.currentThread();
    Thread other =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    Thread.sleep(300);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  main.interrupt();
                });
    Path pid = folder.resolve("pid");
    Hook hook = shell(within(Duration.ofMinutes(1)), "echo $$ > " + pid + "; exec sleep 50");
    assertThatThrownBy(() -> run(hook))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    assertThat(Thread.interrupted()).isTrue();
    other.join();
    assertThat(ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))).isEmpty();
  }

  @Test
  void phaseWithoutHooksDoesNothing() {
    assertThat(Hooks.run(List.of(), CONTEXT, Progress.NONE)).isEmpty();
    assertThat(Hooks.failure(List.of())).isEmpty();
  }
}
