package dev.decant.frame;

import com.github.luben.zstd.Zstd;
import dev.decant.stream.BlockStream;
import java.util.Iterator;
import java.util.List;

/** The text of frames of a spool as a stream. Only one frame at a time is in memory. */
public final class SpooledText extends BlockStream {
  private final FrameSpool spool;
  private final Iterator<SpooledFrame> frames;
  private byte[] current = new byte[0];
  private int position;

  /** The text of these frames in their order. The caller owns the spool. */
  public SpooledText(FrameSpool spool, List<SpooledFrame> frames) {
    this.spool = spool;
    this.frames = frames.iterator();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    while (position == current.length) {
      if (!frames.hasNext()) {
        return -1;
      }
      SpooledFrame frame = frames.next();
      byte[] compressed = new byte[frame.length()];
      spool.read(frame, compressed);
      current = Zstd.decompress(compressed, frame.textLength());
      position = 0;
    }
    int count = Math.min(length, current.length - position);
    System.arraycopy(current, position, bytes, offset, count);
    position += count;
    return count;
  }
}
