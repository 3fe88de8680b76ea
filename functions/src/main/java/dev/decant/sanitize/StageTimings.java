package dev.decant.sanitize;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Time by stage: wall time of the stages, and the sum over workers of what they did within one
 * ("load: mask").
 */
final class Timings {
  private final Map<String, Duration> times = Collections.synchronizedMap(new LinkedHashMap<>());

  <T> T time(String stage, Supplier<T> work) {
    long start = System.nanoTime();
    try {
      return work.get();
    } finally {
      add(stage, System.nanoTime() - start);
    }
  }

  void run(String stage, Runnable work) {
    time(
        stage,
        () -> {
          work.run();
          return stage;
        });
  }

  void add(String stage, long nanos) {
    times.merge(stage, Duration.ofNanos(nanos), Duration::plus);
  }

  Map<String, Duration> all() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(times));
  }
}
