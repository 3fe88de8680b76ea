package dev.decant.copy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growable byte buffer that is reused from row to row. The buffer owns its array, so the result
 * of {@link #array()} is valid only until the next append. Only one thread may use an instance.
 */
public final class Bytes {
  private static final int HUGE = 32 << 20;

  private byte[] array;
  private int length;

  public Bytes(int capacity) {
    array = new byte[capacity];
  }

  /** The array whose first {@link #length()} bytes are the content. An append may replace it. */
  public byte[] array() {
    return array;
  }

  public int length() {
    return length;
  }

  /** Cuts or restores the length. The bytes before it stay. */
  public void length(int newLength) {
    length = newLength;
  }

  public void clear() {
    length = 0;
  }

  /**
   * Makes room for {@code more} bytes after {@link #length()}.
   *
   * @return the array to write them to
   */
  public byte[] reserve(int more) {
    int needed = Math.addExact(length, more);
    if (needed > array.length) {
      long larger = Math.min(Integer.MAX_VALUE - 8L, larger(array.length));
      array = Arrays.copyOf(array, Math.max(needed, (int) larger));
    }
    return array;
  }

  /**
   * The next size of an array that grows. A small array doubles. A huge one grows by a quarter,
   * because both arrays are in memory while the bytes are copied.
   */
  public static long larger(int size) {
    return size < HUGE ? size * 2L : (long) size + (size >> 2);
  }

  public void append(byte b) {
    if (length == array.length) {
      reserve(1);
    }
    array[length++] = b;
  }

  public void append(byte[] from, int start, int end) {
    int count = end - start;
    reserve(count);
    System.arraycopy(from, start, array, length, count);
    length += count;
  }

  public void append(byte[] all) {
    append(all, 0, all.length);
  }

  /** Appends the UTF-8 of a text. It allocates, so it is not for the row loop. */
  public void append(String text) {
    append(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "Bytes[" + length + "]";
  }
}
