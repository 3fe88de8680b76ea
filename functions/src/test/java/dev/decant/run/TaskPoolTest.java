package dev.decant.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class TaskPoolTest {
  private static void noGuard() {}

  private static DecantException failure(String message) {
    return new DecantException(ErrorCode.STORE_FAILED, message);
  }

  /** A wait that only an interrupt ends. */
  private static @Nullable Void waitForever(AtomicBoolean interrupted) {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      interrupted.set(true);
    }
    return null;
  }

  @Test
  void neverMoreTasksRunThanThereAreThreadsAndThreadsAreReused() {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Set<String> threads = ConcurrentHashMap.newKeySet();
    List<Future<Integer>> results = new ArrayList<>();
    try (TaskPool pool = new TaskPool("test", 3, TaskPoolTest::noGuard)) {
      for (int i = 0; i < 200; i++) {
        int number = i;
        results.add(
            pool.submit(
                () -> {
                  most.accumulateAndGet(running.incrementAndGet(), Math::max);
                  threads.add(Thread.currentThread().getName());
                  running.decrementAndGet();
                  return number;
                }));
      }
      pool.join();
    }
    assertThat(most.get()).isBetween(1, 3);
    assertThat(threads).hasSizeBetween(1, 3).allMatch(name -> name.startsWith("test-"));
    assertThat(results.stream().mapToInt(Future::resultNow).sum()).isEqualTo(19_900);
  }

  @RepeatedTest(50)
  void theResultOfAnInterruptedTaskIsTheFailureThatInterruptedIt() {
    AtomicBoolean interrupted = new AtomicBoolean();
    try (TaskPool pool = new TaskPool("test", 2, TaskPoolTest::noGuard)) {
      Future<Integer> waiting =
          pool.submit(
              () -> {
                waitForever(interrupted);
                throw new DecantException(ErrorCode.CANCELLED, "interrupted");
              });
      var _ =
          pool.submit(
              () -> {
                throw failure("first");
              });
      assertThatThrownBy(() -> pool.result(waiting)).hasMessage("first");
    }
  }

  @RepeatedTest(50)
  void theFirstFailureInterruptsTheOthersAndReachesWhoSubmitsAndWhoJoins() {
    AtomicBoolean interrupted = new AtomicBoolean();
    try (TaskPool pool = new TaskPool("test", 2, TaskPoolTest::noGuard)) {
      var _ = pool.submit(() -> waitForever(interrupted));
      var _ =
          pool.submit(
              () -> {
                throw failure("first");
              });
      assertThatThrownBy(pool::join).hasMessage("first");
      assertThatThrownBy(() -> pool.submit(() -> 1)).hasMessage("first");
    }
    assertThat(interrupted).isTrue();
  }

  @Test
  void anUnknownExceptionIsReportedWithoutItsText() {
    try (TaskPool pool = new TaskPool("test", 1, TaskPoolTest::noGuard)) {
      var _ =
          pool.submit(
              () -> {
                throw new IllegalStateException("alice@example.com");
              });
      assertThatThrownBy(pool::join)
          .isInstanceOfSatisfying(
              DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUG))
          .hasMessageContaining("test failed: java.lang.IllegalStateException at ")
          .hasMessageNotContaining("alice");
    }
  }

  @Test
  void theEndOfTheRunReachesWhoSubmitsAndWhoJoins() {
    AtomicReference<@Nullable DecantException> end = new AtomicReference<>();
    Runnable guard =
        () -> {
          DecantException reason = end.get();
          if (reason != null) {
            throw reason;
          }
        };
    AtomicBoolean interrupted = new AtomicBoolean();
    try (TaskPool pool = new TaskPool("test", 1, guard)) {
      Future<Void> task = pool.submit(() -> waitForever(interrupted));
      var _ = Thread.startVirtualThread(() -> end.set(failure("deadline")));
      assertThatThrownBy(() -> pool.submit(() -> 1)).hasMessage("deadline");
      assertThatThrownBy(pool::join).hasMessage("deadline");
      assertThatThrownBy(() -> pool.result(task)).hasMessage("deadline");
    }
    assertThat(interrupted).isTrue();
  }

  @Test
  void anInterruptEndsTheWaitAndStays() {
    AtomicBoolean interrupted = new AtomicBoolean();
    try (TaskPool pool = new TaskPool("test", 1, TaskPoolTest::noGuard)) {
      var _ = pool.submit(() -> waitForever(interrupted));
      Thread.currentThread().interrupt();
      assertThatThrownBy(pool::join)
          .isInstanceOfSatisfying(
              DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }
    assertThat(interrupted).isTrue();
    assertThat(Thread.interrupted()).isTrue();
  }
}
