package dev.decant.frame;

import dev.decant.run.Waits;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Compressed frames in order, fetched ahead of their reader by several connections. For one thread;
 * the source is the caller's.
 */
public final class FramesAhead implements AutoCloseable {
  private static final int AHEAD = 6;

  private final FrameSource source;
  private final Runnable guard;
  private final Iterator<Frame> frames;
  private final Deque<Future<byte[]>> fetched = new ArrayDeque<>();
  private final ExecutorService fetchers = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * @param guard asked while this waits for a frame; throws to end the run
   */
  public FramesAhead(FrameSource source, List<Frame> frames, Runnable guard) {
    this.source = source;
    this.guard = guard;
    this.frames = frames.iterator();
  }

  /** The next frame's bytes. To be called once for each. */
  public byte[] next() {
    while (fetched.size() < AHEAD && frames.hasNext()) {
      Frame frame = frames.next();
      fetched.add(fetchers.submit(() -> source.read(frame)));
    }
    return Waits.result(fetched.remove(), guard);
  }

  @Override
  public void close() {
    fetchers.shutdownNow();
  }
}
