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

/**
 * One run of one hook. It makes attempts, with growing pauses between them, until one succeeds or
 * the limits of the hook are reached.
 */
final class HookRun {
  private static final Logger LOG = LoggerFactory.getLogger(HookRun.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /**
   * The first pause is at most this part of the hook's time, and the longest pause is at most ten
   * times as long.
   */
  private static final int PARTS = 20;

  private static final int GROWTH = 10;

  /** The time that an attempt gets to end after it was cancelled. */
  private static final Duration TO_END = Duration.ofSeconds(5);

  private final Hook hook;
  private final Action action;
  private final Duration within;
  private int attempts;

  /**
   * A run of a hook.
   *
   * @param most the most time that the hook may take, even if its own limit is longer
   */
  HookRun(Hook hook, Action action, Duration most) {
    this.hook = hook;
    this.action = action;
    Duration wanted = hook.limits().within();
    this.within = wanted.compareTo(most) < 0 ? wanted : most;
  }

  /**
   * Runs the hook. If this thread is interrupted, the hook fails, and the thread stays interrupted.
   */
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
   * Makes an attempt in a thread of its own, because the clients of the network do not respect one
   * common deadline. The thread is a virtual one, because an interrupt ends its wait for a socket.
   */
  private String attempt(Deadline deadline) throws InterruptedException {
    if (deadline.isPast()) {
      throw HookFailure.lasting("the time of the hook is over");
    }
    attempts++;
    FutureTask<String> task = new FutureTask<>(() -> action.attempt(deadline));
    Thread thread = Thread.ofVirtual().name("hook").start(task);
    try {
      return task.get(deadline.left().plus(action.slack()).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof HookFailure failure ? failure : new IllegalStateException(e);
    } catch (TimeoutException e) {
      throw HookFailure.lasting("the time of the hook is over");
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
      return "the hook was interrupted";
    }
    throw e;
  }
}
