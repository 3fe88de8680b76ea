package dev.decant.trace;

import org.jspecify.annotations.Nullable;

/**
 * Raw values that wait until they are traced. The values of about a hundred rows are traced one
 * after the other, because the code and the tables of the trace then stay in the caches of the
 * processor, and so do those of the masks. One thread uses an instance.
 */
final class TraceQueue {
  private static final int BYTES = 1 << 14;
  private static final int VALUES = 1 << 10;

  /** Takes a value when its turn comes. */
  interface Receiver {
    /**
     * Gets a value.
     *
     * @param value an array with its UTF-8 in {@code [from, to)}
     * @param returned whether the mask returned the value unchanged
     */
    void trace(byte[] value, int from, int to, boolean returned);
  }

  private final byte[] bytes = new byte[BYTES + WordKey.SLACK];
  private final @Nullable Receiver[] receivers = new Receiver[VALUES];
  private final int[] ends = new int[VALUES];
  private final boolean[] returned = new boolean[VALUES];
  private int count;
  private int end;

  /** Adds a copy of a value. A value that is too long for the queue is traced at once. */
  void add(Receiver receiver, byte[] value, int from, int to, boolean isReturned) {
    int length = to - from;
    if (length > BYTES) {
      receiver.trace(value, from, to, isReturned);
      return;
    }
    if (count == VALUES || length > BYTES - end) {
      drain();
    }
    System.arraycopy(value, from, bytes, end, length);
    end += length;
    receivers[count] = receiver;
    ends[count] = end;
    returned[count] = isReturned;
    count++;
  }

  /** Traces all values that wait, those of one column after the other. */
  void drain() {
    for (int i = 0; i < count; i++) {
      Receiver receiver = receivers[i];
      if (receiver != null) {
        drain(receiver, i);
      }
    }
    count = 0;
    end = 0;
  }

  // Two masks of one column are different receivers, even if they are equal.
  @SuppressWarnings("ReferenceEquality")
  private void drain(Receiver receiver, int first) {
    for (int i = first; i < count; i++) {
      if (receivers[i] == receiver) {
        receiver.trace(bytes, i == 0 ? 0 : ends[i - 1], ends[i], returned[i]);
        receivers[i] = null;
      }
    }
  }
}
