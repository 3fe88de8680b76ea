package dev.decant.media;

import dev.decant.store.KeyOrder;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Merges two listings that are in the same order. Only two objects are in memory, however many
 * there are. Objects that are written to the destination meanwhile do not matter, because their
 * keys lie before the current position of its listing.
 */
final class Differences implements Iterator<Difference> {
  private final Iterator<MediaObject> source;
  private final Iterator<MediaObject> destination;
  private @Nullable MediaObject a;
  private @Nullable MediaObject b;

  Differences(Iterator<MediaObject> source, Iterator<MediaObject> destination) {
    this.source = source;
    this.destination = destination;
  }

  @Override
  public boolean hasNext() {
    a = a == null && source.hasNext() ? source.next() : a;
    b = b == null && destination.hasNext() ? destination.next() : b;
    return a != null || b != null;
  }

  @Override
  public Difference next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    MediaObject left = a;
    MediaObject right = b;
    int order = order(left, right);
    if (left != null && order < 0) {
      a = null;
      return new Difference.Missing(left);
    }
    if (right != null && (left == null || order > 0)) {
      b = null;
      return new Difference.Extra(right);
    }
    if (left == null || right == null) {
      throw new NoSuchElementException();
    }
    a = null;
    b = null;
    return new Difference.Both(left, right);
  }

  private static int order(@Nullable MediaObject left, @Nullable MediaObject right) {
    if (left == null || right == null) {
      return left == null ? 1 : -1;
    }
    return KeyOrder.UTF_8.compare(left.key(), right.key());
  }
}
