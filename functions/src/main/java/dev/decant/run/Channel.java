package dev.decant.run;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue between the threads of a {@link TaskGroup}. Its end is a state, not an item in
 * it, so that every thread that takes sees it. A wait ends with the group, as {@link
 * TaskGroup#await} tells.
 */
public final class Channel<T> {
  private final TaskGroup group;
  private final int capacity;
  private final Deque<T> items = new ArrayDeque<>();
  private boolean finished;

  /** An empty one that holds at most so many items. */
  public Channel(TaskGroup group, int capacity) {
    this.group = group;
    this.capacity = capacity;
  }

  /** Adds an item, once there is room for it. */
  public void put(T item) {
    group.await(
        () -> {
          if (finished) {
            throw new IllegalStateException("put after the end");
          }
          return items.size() < capacity && items.add(item);
        });
  }

  /** Takes the oldest item, once there is one; null where there will be none. */
  public @Nullable T take() {
    Deque<T> taken = new ArrayDeque<>(1);
    group.await(
        () -> {
          if (items.isEmpty()) {
            return finished;
          }
          return taken.add(items.remove());
        });
    return taken.poll();
  }

  /** No more items come; those that are there are still taken. */
  public void finish() {
    group.update(() -> finished = true);
  }
}
