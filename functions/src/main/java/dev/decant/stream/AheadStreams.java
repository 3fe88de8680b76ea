package dev.decant.stream;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Function;

/**
 * Streams that are read one after another, while the next ones are open already. The streams
 * themselves read ahead, so that several of them are filled at the same time. Only one thread may
 * use it.
 *
 * @param <K> what identifies a stream, for example the name of a file
 */
public final class AheadStreams<K> implements AutoCloseable {
  private final int most;
  private final Iterator<K> keys;
  private final Function<K, InputStream> opener;
  private final Deque<Opened<K>> open = new ArrayDeque<>();

  /** A stream that is read ahead. */
  private record Opened<K>(K key, InputStream content) {}

  /**
   * Opens nothing yet.
   *
   * @param most how many streams are open at a time
   * @param keys the streams, in the order in which they are read
   */
  public AheadStreams(int most, Iterator<K> keys, Function<K, InputStream> opener) {
    this.most = most;
    this.keys = keys;
    this.opener = opener;
  }

  /** The next stream, which must be the one of this key. The caller closes it. */
  public InputStream next(K key) {
    while (open.size() < most && keys.hasNext()) {
      K next = keys.next();
      open.add(new Opened<>(next, opener.apply(next)));
    }
    Opened<K> first = open.poll();
    if (first == null || !first.key().equals(key)) {
      throw new IllegalStateException(key + " is not the next one");
    }
    return first.content();
  }

  @Override
  public void close() {
    for (Opened<K> stream : open) {
      try {
        stream.content().close();
      } catch (IOException e) {
        // Nothing was written, so nothing can be lost.
      }
    }
  }
}
