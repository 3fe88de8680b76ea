package dev.decant.stream;

import dev.decant.error.DecantException;
import dev.decant.run.Channel;
import dev.decant.run.TaskGroup;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Text that a thread of its own writes, a few blocks ahead of its reader. An error of the writer
 * reaches the reader after the text that was written before it.
 */
public final class TextPipe extends BlockStream {
  private static final int BLOCKS = 4;

  private final TaskGroup group;
  private final Channel<ByteBuffer> full;
  private final Channel<byte[]> free;
  private ByteBuffer current = ByteBuffer.allocate(0);
  private boolean ended;

  /**
   * Starts the thread.
   *
   * @param thread the name of the thread
   * @param writer writes the whole text
   */
  public TextPipe(String thread, Consumer<TextSink> writer) {
    group = new TaskGroup(thread, () -> {});
    full = new Channel<>(group, BLOCKS);
    free = new Channel<>(group, BLOCKS);
    for (int i = 0; i < BLOCKS; i++) {
      free.put(new byte[0]);
    }
    group.start(() -> write(writer));
  }

  private void write(Consumer<TextSink> writer) {
    TextSink sink = new TextSink(free, full);
    try {
      writer.accept(sink);
      sink.flush();
      full.finish();
    } catch (DecantException e) {
      sink.flush();
      full.finish(e);
    }
  }

  @Override
  public int read(byte[] bytes, int from, int length) {
    if (length == 0) {
      return 0;
    }
    while (!current.hasRemaining() && !ended) {
      next();
    }
    if (!current.hasRemaining()) {
      return -1;
    }
    int count = Math.min(length, current.remaining());
    current.get(bytes, from, count);
    return count;
  }

  private void next() {
    if (current.capacity() > 0) {
      free.put(current.array());
      current = ByteBuffer.allocate(0);
    }
    ByteBuffer block = full.take();
    ended = block == null;
    current = block == null ? current : block;
  }

  /** Stops the thread and waits for its end. */
  @Override
  public void close() {
    group.close();
  }
}
