package dev.decant.progress;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The time of each stage. It is the wall time, or for a part of a stage that workers do ("load:
 * mask"), the sum of the times of all workers. Any thread may use it.
 */
public final class StageTimings {
  private final Map<String, Duration> times = Collections.synchronizedMap(new LinkedHashMap<>());

  public <T> T time(String stage, Supplier<T> work) {
    long start = System.nanoTime();
    try {
      return work.get();
    } finally {
      add(stage, System.nanoTime() - start);
    }
  }

  public void run(String stage, Runnable work) {
    time(
        stage,
        () -> {
          work.run();
          return stage;
        });
  }

  public void add(String stage, long nanos) {
    times.merge(stage, Duration.ofNanos(nanos), Duration::plus);
  }

  public Map<String, Duration> all() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(times));
  }
}
