package dev.decant.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The behavior of a store under concurrent requests. This does not run for S3: S3 guarantees it,
 * but S3Mock 5.2 checks and writes in two steps, so several requests can win.
 */
abstract class RacedStoreContract extends SnapshotStoreContract {
  @Test
  void oneOfManyRacersPutsIfAbsent() throws Exception {
    assertThat(race(8, racer -> store.putIfAbsent("a", bytes("racer " + racer)))).isEqualTo(1);
    assertThat(store.read("a").map(b -> new String(b, UTF_8)).orElseThrow()).startsWith("racer ");
  }

  @Test
  void oneOfManyRacersReplaces() throws Exception {
    store.put("a", bytes("before"));
    String etag = store.stat("a").orElseThrow().etag();

    assertThat(race(8, racer -> store.replace("a", bytes("racer " + racer), etag))).isEqualTo(1);
  }

  interface Racer {
    boolean run(int number) throws Exception;
  }

  /** Runs all at the same time and returns how many won. */
  static long race(int racers, Racer racer) throws Exception {
    CyclicBarrier start = new CyclicBarrier(racers);
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < racers; i++) {
      int number = i;
      calls.add(
          () -> {
            start.await(10, TimeUnit.SECONDS);
            return racer.run(number);
          });
    }
    long won = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(racers)) {
      for (Future<Boolean> call : threads.invokeAll(calls)) {
        won += call.get() ? 1 : 0;
      }
    }
    return won;
  }
}
