package dev.decant.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class PrefetchTest {
  private static void noGuard() {}

  private static Queue<Integer> numbers(int count) {
    return new ArrayDeque<>(IntStream.range(0, count).boxed().toList());
  }

  @Test
  void valuesComeInOrderAndNoMoreThanTheLimitIsFetchedAhead() {
    AtomicInteger started = new AtomicInteger();
    List<Integer> values = new ArrayList<>();
    Queue<Integer> keys = numbers(100);
    try (Prefetch<Integer, Integer> fetched =
        new Prefetch<>(
            4,
            keys::poll,
            key -> {
              started.incrementAndGet();
              return key * 10;
            },
            PrefetchTest::noGuard)) {
      for (var next = fetched.next(); next != null; next = fetched.next()) {
        values.add(next.value());
        assertThat(next.value()).isEqualTo(next.key() * 10);
        assertThat(started.get()).isLessThanOrEqualTo(values.size() + 3);
      }
      assertThat(fetched.next()).isNull();
    }
    assertThat(values).isEqualTo(IntStream.range(0, 100).map(i -> i * 10).boxed().toList());
  }

  @Test
  void aFailureIsThrownWhenItsTurnComes() {
    try (Prefetch<Integer, Integer> fetched =
        new Prefetch<>(
            3,
            numbers(3)::poll,
            key -> {
              if (key == 1) {
                throw new DecantException(ErrorCode.STORE_FAILED, "frame 1");
              }
              return key;
            },
            PrefetchTest::noGuard)) {
      assertThat(fetched.next()).isEqualTo(new Prefetch.Fetched<>(0, 0));
      assertThatThrownBy(fetched::next).hasMessage("frame 1");
    }
  }

  @Test
  void closingInterruptsTheFetchesAndTheGuardEndsTheWait() throws InterruptedException {
    CountDownLatch interrupted = new CountDownLatch(2);
    DecantException deadline = new DecantException(ErrorCode.DEADLINE_NEAR, "deadline");
    AtomicInteger asked = new AtomicInteger();
    Runnable guard =
        () -> {
          if (asked.incrementAndGet() > 2) {
            throw deadline;
          }
        };
    try (Prefetch<Integer, Integer> fetched =
        new Prefetch<>(
            2,
            numbers(2)::poll,
            key -> {
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
              return key;
            },
            guard)) {
      assertThatThrownBy(fetched::next).isSameAs(deadline);
    }
    interrupted.await();
    assertThat(interrupted.getCount()).isZero();
  }
}
