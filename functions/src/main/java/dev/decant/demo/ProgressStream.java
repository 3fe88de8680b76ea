package dev.decant.demo;

import dev.decant.progress.Progress;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Reports the bytes that pass through to a progress listener. */
final class ProgressStream extends FilterOutputStream {
  private final Progress progress;

  ProgressStream(OutputStream out, Progress progress) {
    super(out);
    this.progress = progress;
  }

  @Override
  public void write(int value) throws IOException {
    out.write(value);
    progress.advance(1, null);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    progress.advance(length, null);
  }
}
