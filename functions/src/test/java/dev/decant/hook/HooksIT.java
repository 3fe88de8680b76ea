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
import dev.decant.target.Hook.Limits;
import dev.decant.target.Hook.OnFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the rules that apply to every kind of hook, with real programs. */
final class HooksIT {
  @TempDir Path folder;
  private Path running = Path.of("/nonexistent");

  @BeforeEach
  void nameFile() {
    running = folder.resolve("running");
  }

  @Test
  void failureThatMeansUndoingEndsThePhase() {
    List<Hook> hooks =
        List.of(
            command(retries(0), "true"), command(retries(0), "false"), command(retries(0), "true"));
    List<HookResult> results = run(hooks, Progress.NONE);
    assertThat(results).extracting(HookResult::ok).containsExactly(true, false);
    DecantException failure = Hooks.failure(results).orElseThrow();
    assertThat(failure.code()).isEqualTo(ErrorCode.HOOK_FAILED);
    assertThat(withoutTime(failure.getMessage()))
        .isEqualTo(
            "The hook at line 7 of the targets file (run false) failed after 1 attempt in 0 s: the"
                + " program ended with exit code 1. Correct the cause or the hook, or write"
                + " on-failure: continue to go on after such a failure.");
  }

  @Test
  void failureThatMayBeIsToldAndThePhaseGoesOn() {
    HookFixture.Messages messages = new HookFixture.Messages();
    List<HookResult> results =
        run(List.of(command(continuing(), "false"), command(retries(0), "true")), messages);
    assertThat(results).extracting(HookResult::ok).containsExactly(false, true);
    assertThat(Hooks.failure(results)).isEmpty();
    assertThat(messages.all)
        .extracting(HooksIT::withoutTime)
        .containsExactly(
            "The hook at line 8 of the targets file (run false) failed after 1 attempt in 0 s: the"
                + " program ended with exit code 1.");
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
    assertThat(result.message()).isEqualTo("the program ended with exit code 3");
  }

  @Test
  void hopelessFailureIsNotTriedAgain() {
    HookResult result = run(command(retries(5), "/nowhere/smoke.sh"));
    assertThat(result.attempts()).isEqualTo(1);
    assertThat(result.message())
        .isEqualTo("the program cannot be started; check that it exists and is executable");
  }

  private static String withoutTime(@Nullable String message) {
    return String.valueOf(message).replaceFirst("in \\d+ s: it", "in 0 s: it");
  }

  /** Interrupts this thread a moment after a hook has written its file. */
  private Thread interruptOnceRunning() {
    Thread main = Thread.currentThread();
    return Thread.ofPlatform()
        .start(
            () -> {
              try {
                while (!Files.exists(running)) {
                  Thread.sleep(20);
                }
                Thread.sleep(200);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              main.interrupt();
            });
  }

  /** How the hooks ended before they were cancelled. One of them writes its process to the file. */
  private List<HookResult> cancelled(Hook... hooks) throws InterruptedException {
    Thread other = interruptOnceRunning();
    List<HookResult> ended = new ArrayList<>();
    assertThatThrownBy(() -> Hooks.run(List.of(hooks), CONTEXT, Progress.NONE, ended))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    assertThat(Thread.interrupted()).isTrue();
    other.join();
    return ended;
  }

  private Hook sleeping() {
    return shell(within(Duration.ofMinutes(4)), "echo $$ > " + running + "; exec sleep 200");
  }

  @Test
  void interruptionCancelsAndEndsTheProgram() throws InterruptedException, IOException {
    cancelled(sleeping());
    assertThat(ProcessHandle.of(Long.parseLong(Files.readString(running).strip()))).isEmpty();
  }

  @Test
  void hooksThatEndedBeforeAnInterruptionAreToldAndTheOneThatItMet() throws InterruptedException {
    List<HookResult> ended =
        cancelled(command(retries(0), "true"), sleeping(), command(retries(0), "true"));
    assertThat(ended).extracting(HookResult::ok).containsExactly(true, false);
    assertThat(ended.getLast().message()).isEqualTo("the hook was interrupted");
  }

  @Test
  void interruptionEndsThePauseBetweenAttempts() throws InterruptedException {
    Limits patient = new Limits(7, Duration.ofMinutes(5), Optional.empty(), OnFailure.CONTINUE);
    List<HookResult> ended = cancelled(shell(patient, "echo $$ > " + running + "; exit 1"));
    assertThat(ended.getFirst().duration()).isLessThan(Duration.ofMinutes(2));
  }

  @Test
  void phaseWithoutHooksDoesNothing() {
    assertThat(run(List.of(), Progress.NONE)).isEmpty();
    assertThat(Hooks.failure(List.of())).isEmpty();
  }
}
