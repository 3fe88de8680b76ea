package dev.decant.cli;

import dev.decant.error.Printable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * stdout or stderr, in UTF-8 whatever the locale: JSON must be, and names in policies are. Text
 * that is printed cannot control the terminal, see {@link Printable}; bytes that are written go as
 * they are. Knows whether its reader has gone.
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

  /** For what draws at a terminal and escapes names itself: bars. */
  PrintStream drawing() {
    return new PrintStream(target, true, StandardCharsets.UTF_8);
  }

  /** Whether a pipe has lost its reader: {@code head} has seen enough. That is no error. */
  boolean readerHasGone() {
    return target.broken;
  }

  @Override
  public void print(String text) {
    super.print(text == null ? "null" : Printable.of(text));
  }

  /** Remembers why a write failed: a PrintStream only knows that one did. */
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
          throw new IOException("the stream takes no more");
        }
      } catch (IOException e) {
        // EPIPE has no exception of its own in Java.
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
