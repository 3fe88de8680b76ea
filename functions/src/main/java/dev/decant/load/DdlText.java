package dev.decant.load;

import dev.decant.copy.Bytes;
import dev.decant.frame.Frame;
import dev.decant.frame.FrameReader;
import dev.decant.frame.FrameSource;
import dev.decant.stream.BlockStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;

/** The text of a snapshot's DDL frames as a stream. It keeps one frame in memory at a time. */
final class DdlText extends BlockStream {
  /** An empty COPY block in the place of the first rows. No table of that name exists. */
  private static final byte[] ROWS =
      "COPY decant.rows FROM stdin;\n\\.\n".getBytes(StandardCharsets.US_ASCII);

  private final FrameReader reader;
  private final Iterator<Frame> frames;
  private byte[] current = new byte[0];
  private int position;
  private int limit;
  private boolean rowsSeen;

  DdlText(List<Frame> frames, FrameSource source) {
    this.reader = new FrameReader(source);
    this.frames = frames.iterator();
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    while (position == limit) {
      if (!frames.hasNext()) {
        return -1;
      }
      begin(frames.next());
    }
    int count = Math.min(length, limit - position);
    System.arraycopy(current, position, target, offset, count);
    position += count;
    return count;
  }

  private void begin(Frame frame) {
    position = 0;
    limit = 0;
    if (frame.kind() == Frame.Kind.DDL) {
      Bytes text = reader.read(frame);
      current = text.array();
      limit = text.length();
    } else if (!rowsSeen) {
      rowsSeen = true;
      current = ROWS;
      limit = ROWS.length;
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}
