package dev.decant.frame;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
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
  private final Iterator<Frame> frames;
  private final Deque<Future<byte[]>> fetched = new ArrayDeque<>();
  private final ExecutorService fetchers = Executors.newVirtualThreadPerTaskExecutor();

  public FramesAhead(FrameSource source, List<Frame> frames) {
    this.source = source;
    this.frames = frames.iterator();
  }

  /** The next frame's bytes. To be called once for each. */
  public byte[] next() {
    while (fetched.size() < AHEAD && frames.hasNext()) {
      Frame frame = frames.next();
      fetched.add(fetchers.submit(() -> source.read(frame)));
    }
    try {
      return fetched.remove().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof DecantException known) {
        throw known;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DecantException(ErrorCode.CANCELLED, "The reading of frames was cancelled.", e);
    }
  }

  @Override
  public void close() {
    fetchers.shutdownNow();
  }
}
