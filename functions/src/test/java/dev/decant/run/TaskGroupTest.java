package dev.decant.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class TaskGroupTest {
  private static DecantException failure(String message) {
    return new DecantException(ErrorCode.ROW_INVALID, message);
  }

  private static TaskGroup group() {
    return new TaskGroup("test", () -> {});
  }

  @Test
  void allItemsArriveOnceAndTheEndReachesEveryTaker() {
    AtomicInteger sum = new AtomicInteger();
    try (TaskGroup group = group()) {
      Channel<Integer> channel = new Channel<>(group, 2);
      for (int i = 0; i < 4; i++) {
        group.start(
            () -> {
              for (Integer item = channel.take(); item != null; item = channel.take()) {
                sum.addAndGet(item);
              }
            });
      }
      for (int i = 1; i <= 1000; i++) {
        channel.put(i);
      }
      channel.finish();
      group.join();
    }
    assertThat(sum).hasValue(500_500);
  }

  @Test
  void anErrorAtTheEndOfAChannelComesAfterItsItems() {
    try (TaskGroup group = group()) {
      Channel<Integer> channel = new Channel<>(group, 2);
      channel.put(1);
      channel.finish(failure("torn"));
      assertThat(channel.take()).isEqualTo(1);
      assertThatThrownBy(channel::take).hasMessage("torn");
      assertThatThrownBy(channel::take).hasMessage("torn");
    }
  }

  @RepeatedTest(50)
  void theFirstFailureEndsTakersPuttersAndWhoJoins() {
    AtomicInteger ended = new AtomicInteger();
    try (TaskGroup group = group()) {
      Channel<Integer> empty = new Channel<>(group, 1);
      Channel<Integer> full = new Channel<>(group, 1);
      full.put(1);
      for (Runnable wait : new Runnable[] {empty::take, () -> full.put(2)}) {
        group.start(
            () -> {
              try {
                wait.run();
              } finally {
                ended.incrementAndGet();
              }
            });
      }
      group.start(
          () -> {
            throw failure("first");
          });
      assertThatThrownBy(group::join).hasMessage("first");
    }
    assertThat(ended).hasValue(2);
  }

  @Test
  void theEndOfTheRunReachesEveryWait() {
    AtomicReference<@Nullable DecantException> end = new AtomicReference<>();
    Runnable guard =
        () -> {
          DecantException reason = end.get();
          if (reason != null) {
            throw reason;
          }
        };
    try (TaskGroup group = new TaskGroup("test", guard)) {
      Channel<Integer> empty = new Channel<>(group, 1);
      group.start(empty::take);
      CompletableFuture<Integer> never = new CompletableFuture<>();
      group.start(() -> Waits.result(never, group::check));
      end.set(failure("deadline"));
      assertThatThrownBy(group::join).hasMessage("deadline");
    }
  }

  @Test
  void anInterruptEndsTheWaitAndStays() {
    try (TaskGroup group = group()) {
      Channel<Integer> empty = new Channel<>(group, 1);
      Thread.currentThread().interrupt();
      assertThatThrownBy(empty::take)
          .isInstanceOfSatisfying(
              DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void whatNoInterruptReachesIsWoken() {
    AtomicBoolean woken = new AtomicBoolean();
    CountDownLatch socket = new CountDownLatch(1);
    try (TaskGroup group = group()) {
      group.start(
          () -> {
            group.onFailure(socket::countDown);
            woken.set(readsSocket(socket));
          });
      group.fail(failure("first"));
    }
    assertThat(woken).isTrue();
  }

  /** Waits like a read from a socket, which an interrupt does not end. */
  private static boolean readsSocket(CountDownLatch socket) {
    while (true) {
      try {
        return socket.await(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        // The read from a socket by a platform thread continues.
      }
    }
  }

  @Test
  void anErrorEndsTheGroupWithoutItsText() {
    try (TaskGroup group = group()) {
      group.start(
          () -> {
            throw new IllegalStateException("row: max.muster@example.com");
          });
      assertThatThrownBy(group::join)
          .hasMessageContaining("IllegalStateException")
          .hasMessageNotContaining("max.muster")
          .hasNoCause();
    }
  }

  @Test
  void closingEndsWhatStillWorks() {
    AtomicBoolean ended = new AtomicBoolean();
    try (TaskGroup group = group()) {
      Channel<Integer> empty = new Channel<>(group, 1);
      group.start(
          () -> {
            try {
              empty.take();
            } finally {
              ended.set(true);
            }
          });
    }
    assertThat(ended).isTrue();
  }
}
