package dev.decant.hook;

import dev.decant.target.Hook;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.failsafe.RetryPolicyBuilder;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of one hook: attempts with growing pauses, until one succeeds or its limits are met. */
final class HookRun {
  private static final Logger LOG = LoggerFactory.getLogger(HookRun.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** The first pause is no more than this part of the hook's time, the longest ten times that. */
  private static final int PARTS = 20;

  private static final int GROWTH = 10;

  /** A program gets so long to be ended. */
  private static final Duration TO_END = Duration.ofSeconds(5);

  private final Hook hook;
  private final Action action;
  private final Duration within;
  private int attempts;

  /**
   * @param most what the hook may take in all, whatever it says itself
   */
  HookRun(Hook hook, Action action, Duration most) {
    this.hook = hook;
    this.action = action;
    Duration wanted = hook.limits().within();
    this.within = wanted.compareTo(most) < 0 ? wanted : most;
  }

  /** How it ended; where this thread was interrupted it has failed, and is interrupted still. */
  HookResult run() {
    LOG.info("hook begins: {}", hook.describe());
    long start = System.nanoTime();
    Deadline deadline = Deadline.in(within);
    boolean ok = true;
    String message;
    try {
      message = Failsafe.with(policy()).get(() -> attempt(deadline));
    } catch (HookFailure e) {
      ok = false;
      message = String.valueOf(e.getMessage());
    } catch (FailsafeException e) {
      ok = false;
      message = interrupted(e);
    }
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    LOG.info(
        "hook ends: {}, ok {}, {} attempts, {} ms: {}",
        hook.describe(),
        ok,
        attempts,
        time.toMillis(),
        message);
    return new HookResult(hook, ok, attempts, time, message, action.inverse());
  }

  /**
   * In a thread of its own, because clients of the network do not keep to one deadline; in a
   * virtual one, because an interrupt frees that from a socket.
   */
  private String attempt(Deadline deadline) throws InterruptedException {
    if (deadline.isPast()) {
      throw HookFailure.lasting("its time is over");
    }
    attempts++;
    FutureTask<String> task = new FutureTask<>(() -> action.attempt(deadline));
    Thread thread = Thread.ofVirtual().name("hook").start(task);
    try {
      return task.get(deadline.left().plus(action.slack()).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof HookFailure failure ? failure : new IllegalStateException(e);
    } catch (TimeoutException e) {
      throw HookFailure.lasting("its time is over");
    } finally {
      thread.interrupt();
      var _ = thread.join(TO_END);
    }
  }

  private RetryPolicy<Object> policy() {
    Duration part = within.dividedBy(PARTS);
    Duration pause = part.compareTo(PAUSE) < 0 ? part : PAUSE;
    RetryPolicyBuilder<Object> policy =
        RetryPolicy.builder()
            .handle(HookFailure.class)
            .abortOn(e -> e instanceof HookFailure failure && failure.isHopeless())
            .withMaxRetries(hook.limits().retries().orElse(-1))
            .withBackoff(pause, pause.multipliedBy(GROWTH))
            .withMaxDuration(within);
    return policy.build();
  }

  private static String interrupted(FailsafeException e) {
    if (e.getCause() instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return "it was interrupted";
    }
    throw e;
  }
}
