package dev.decant.run;

import dev.decant.error.DecantException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue between the threads of a {@link TaskGroup}. Its end is a state of the queue and
 * not an item in it, so every thread that takes items sees the end. Each wait ends when the group
 * ends, as described at {@link TaskGroup#await}.
 */
public final class Channel<T> {
  private final TaskGroup group;
  private final int capacity;
  private final Deque<T> items = new ArrayDeque<>();
  private boolean finished;
  private @Nullable DecantException failure;

  /** Makes an empty queue that holds at most {@code capacity} items. */
  public Channel(TaskGroup group, int capacity) {
    this.group = group;
    this.capacity = capacity;
  }

  /** Adds an item. Waits while the queue is full. */
  public void put(T item) {
    group.await(
        () -> {
          if (finished) {
            throw new IllegalStateException("put after finish");
          }
          return items.size() < capacity && items.add(item);
        });
  }

  /**
   * Takes the oldest item. Waits while the queue is empty.
   *
   * @return null once the queue is empty and {@link #finish()} was called
   * @throws DecantException the error that was given to {@link #finish(DecantException)}, once the
   *     queue is empty
   */
  public @Nullable T take() {
    Deque<T> taken = new ArrayDeque<>(1);
    group.await(
        () -> {
          if (items.isEmpty()) {
            throwFailure();
            return finished;
          }
          return taken.add(items.remove());
        });
    return taken.poll();
  }

  private void throwFailure() {
    if (failure != null) {
      throw failure;
    }
  }

  /** States that no more items will come. Items that are in the queue can still be taken. */
  public void finish() {
    group.update(() -> finished = true);
  }

  /**
   * States that no more items will come because of an error. Items that are in the queue can still
   * be taken; after them, {@link #take} throws the error. In contrast, {@link TaskGroup#fail} ends
   * the takers at once.
   */
  public void finish(DecantException reason) {
    group.update(
        () -> {
          failure = reason;
          finished = true;
        });
  }
}
