package dev.decant.pull;

import dev.decant.copy.Bytes;
import dev.decant.frame.CompressedFrame;
import dev.decant.frame.Frame;
import dev.decant.frame.FrameCompressor;
import dev.decant.frame.FrameReader;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes a dump. Only one thread may use it. Closing it closes the stream. */
final class DumpSink implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final OutputStream out;
  private final @Nullable FrameCompressor frames;

  private DumpSink(OutputStream out, @Nullable FrameCompressor frames) {
    this.out = out;
    this.frames = frames;
  }

  /** A sink whose compression depends on the suffix of the file's name. */
  static DumpSink of(OutputStream file, String name) throws IOException {
    if (name.endsWith(".zst")) {
      return new DumpSink(file, new FrameCompressor());
    }
    return plain(name.endsWith(".gz") ? new GZIPOutputStream(file, BUFFER) : file);
  }

  static DumpSink plain(OutputStream out) {
    return new DumpSink(out, null);
  }

  /** Writes a frame. A zstd file gets the compressed frame as it is. */
  void frame(Frame frame, byte[] compressed, FrameReader reader) throws IOException {
    Bytes text = reader.text(frame, compressed);
    if (frames == null) {
      out.write(text.array(), 0, text.length());
    } else {
      out.write(compressed);
    }
  }

  void text(byte[] text) throws IOException {
    if (frames == null) {
      out.write(text);
    } else {
      CompressedFrame frame = frames.compress(text);
      out.write(frame.bytes(), 0, frame.length());
    }
  }

  @Override
  public void close() throws IOException {
    try {
      out.close();
    } finally {
      if (frames != null) {
        frames.close();
      }
    }
  }
}
