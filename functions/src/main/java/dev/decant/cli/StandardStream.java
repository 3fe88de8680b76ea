package dev.decant.cli;

import dev.decant.error.Printable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A stream to stdout or stderr. It is UTF-8 for every locale, because JSON must be UTF-8 and the
 * names in policies are. Printed text cannot control the terminal (see {@link Printable}), but
 * written bytes are not changed. The stream knows whether its reader has closed the pipe.
 */
final class StandardStream extends PrintStream {
  private final Target target;

  private StandardStream(Target target) {
    super(target, true, StandardCharsets.UTF_8);
    this.target = target;
  }

  static StandardStream on(OutputStream out) {
    return out instanceof StandardStream already ? already : new StandardStream(new Target(out));
  }

  /** A stream to the same target for progress bars, which control the terminal. */
  PrintStream drawing() {
    return new PrintStream(target, true, StandardCharsets.UTF_8);
  }

  /** Whether the reader has closed its end of the pipe, as {@code head} does. This is no error. */
  boolean readerHasGone() {
    return target.broken;
  }

  @Override
  public void print(String text) {
    super.print(text == null ? "null" : Printable.of(text));
  }

  /** Remembers why a write failed. A PrintStream only knows that a write failed. */
  private static final class Target extends FilterOutputStream {
    private volatile boolean broken;

    Target(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
        if (out instanceof PrintStream silent && silent.checkError()) {
          throw new IOException("the stream does not accept more bytes");
        }
      } catch (IOException e) {
        // Java has no exception type of its own for EPIPE.
        broken |= String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe");
        throw e;
      }
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }
  }
}
