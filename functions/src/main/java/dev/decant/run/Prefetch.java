package dev.decant.run;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Values that are fetched in the background and consumed in order. At most a fixed number of them
 * is being fetched, or waits to be consumed, at any time. Only one thread may consume.
 *
 * <pre>{@code
 * try (var fetched = new Prefetch<>(6, frames::poll, source::read, guard::check)) {
 *   for (var next = fetched.next(); next != null; next = fetched.next()) {
 *     write(next.key(), next.value());
 *   }
 * }
 * }</pre>
 *
 * @param <K> what identifies a value, for example a frame of a snapshot
 * @param <V> the value, for example the bytes of that frame
 */
public final class Prefetch<K, V> implements AutoCloseable {
  /** A value together with its key. */
  public record Fetched<K, V>(K key, V value) {}

  private record Pending<K, V>(K key, Future<V> value) {}

  private final int limit;
  private final Supplier<@Nullable K> keys;
  private final Function<K, V> fetch;
  private final Runnable guard;
  private final Deque<Pending<K, V>> pending = new ArrayDeque<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * Fetches nothing yet; the first call of {@link #next} starts the first fetches.
   *
   * @param limit how many values are fetched ahead
   * @param keys gives the next key, or null when there are no more; only the consuming thread calls
   *     it
   * @param fetch fetches a value; several virtual threads call it at the same time
   * @param guard called about every 50 ms while {@link #next} waits; throws a {@link
   *     DecantException} once the run has ended
   */
  public Prefetch(int limit, Supplier<@Nullable K> keys, Function<K, V> fetch, Runnable guard) {
    this.limit = limit;
    this.keys = keys;
    this.fetch = fetch;
    this.guard = guard;
  }

  /**
   * Waits for the next value.
   *
   * @return null when all values were consumed
   * @throws DecantException what the fetch of this value threw, or what the guard threw; {@link
   *     ErrorCode#CANCELLED} if this thread is interrupted
   */
  public @Nullable Fetched<K, V> next() {
    while (pending.size() < limit) {
      K key = keys.get();
      if (key == null) {
        break;
      }
      pending.add(new Pending<>(key, threads.submit(() -> fetch.apply(key))));
    }
    Pending<K, V> first = pending.poll();
    return first == null ? null : new Fetched<>(first.key, Waits.result(first.value, guard));
  }

  /** Interrupts the fetches that still run, without waiting for them. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
