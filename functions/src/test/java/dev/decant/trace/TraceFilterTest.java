package dev.decant.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TraceFilterTest {
  private static final int THREADS = 4;
  private static final int EACH = 100_000;

  private static long[] entries(int thread) {
    return new Random(thread).longs(EACH).toArray();
  }

  /** The filter is small enough that threads often change the same number at the same time. */
  @Test
  void entriesThatSeveralThreadsAddAreAllThere() throws Exception {
    TraceFilter filter = new TraceFilter(THREADS * EACH, 1 << 20);
    CyclicBarrier start = new CyclicBarrier(THREADS);
    Thread[] threads =
        IntStream.range(0, THREADS)
            .mapToObj(
                thread ->
                    Thread.ofPlatform()
                        .start(
                            () -> {
                              await(start);
                              for (long entry : entries(thread)) {
                                filter.add(entry);
                              }
                            }))
            .toArray(Thread[]::new);
    for (Thread thread : threads) {
      thread.join();
    }
    for (int thread = 0; thread < THREADS; thread++) {
      for (long entry : entries(thread)) {
        assertThat(filter.has(entry)).isTrue();
      }
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
