package dev.decant.cli;

import dev.decant.log.LogLines;
import dev.decant.log.LogOutput;
import dev.decant.log.LoggedProgress;
import dev.decant.progress.BarProgress;
import dev.decant.progress.LineProgress;
import dev.decant.progress.Progress;
import dev.decant.pull.Questions;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/**
 * The streams of a command, and its environment. A result goes to {@code out}, and everything else
 * to {@code err}.
 *
 * @param columns the width of the terminal behind {@code err}, or 0 if it is no terminal
 * @param environment the variables of the process's environment
 * @param questions asks the user at the terminal
 */
record Console(
    PrintStream out,
    PrintStream err,
    int columns,
    Ansi ansi,
    Map<String, String> environment,
    Questions questions) {
  /** Wraps both streams so that text from a dump cannot control the terminal. */
  Console {
    out = StandardStream.on(out);
    err = StandardStream.on(err);
  }

  private static final Duration LINE_INTERVAL = Duration.ofSeconds(10);
  private static final int NARROWEST = 20;
  private static final int TICK_MILLIS = 200;

  /** A console without a user to ask. */
  Console(
      PrintStream out, PrintStream err, int columns, Ansi ansi, Map<String, String> environment) {
    this(out, err, columns, ansi, environment, Questions.NOBODY);
  }

  /**
   * The console of this process. Java does not know whether stderr is a terminal, so the launcher
   * passes its width in the system property {@code decant.columns}.
   */
  static Console ofProcess() {
    Map<String, String> environment = System.getenv();
    int columns = Integer.getInteger("decant.columns", 0);
    Ansi ansi = environment.containsKey("NO_COLOR") ? Ansi.OFF : Ansi.AUTO;
    PrintStream err =
        "json".equals(environment.get(LogOutput.FORMAT))
            ? LogLines.stream()
            : stream(FileDescriptor.err);
    return new Console(
        stream(FileDescriptor.out),
        err,
        columns < NARROWEST ? 0 : columns,
        ansi,
        environment,
        new TerminalQuestions(
            err, System.in, () -> Terminal.is(Terminal.STDIN) && Terminal.is(Terminal.STDERR)));
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return StandardStream.on(new FileOutputStream(descriptor));
  }

  /** The width for tables on stdout, or 0 if stdout is no terminal. */
  int tableColumns() {
    return columns > 0 && Terminal.is(Terminal.STDOUT) ? Terminal.columns(columns) : 0;
  }

  /** Whether the reader of stdout has closed its end of the pipe. */
  boolean readerHasGone() {
    return StandardStream.on(out).readerHasGone();
  }

  /** A stream to {@code out} that throws if a byte cannot be written, unlike a PrintStream. */
  OutputStream dump() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        flush();
      }

      @Override
      public void flush() throws IOException {
        if (out.checkError()) {
          throw new IOException("stdout does not accept more bytes");
        }
      }
    };
  }

  /** Whether the log has JSON lines, so that stderr must have nothing else. */
  boolean logsJson() {
    return LogOutput.isJson(environment, "text");
  }

  /**
   * Shows progress bars if stderr is a terminal, and otherwise a plain line at intervals. A log of
   * JSON lines gets the stages. The caller must call {@code done()}.
   */
  Progress progress() {
    if (logsJson()) {
      return new LoggedProgress();
    }
    if (columns > 0 && !"dumb".equals(environment.get("TERM"))) {
      boolean colour = !environment.containsKey("NO_COLOR");
      return new BarProgress(
          StandardStream.on(err).drawing(), () -> Terminal.columns(columns), colour);
    }
    LineProgress lines = new LineProgress(err, LINE_INTERVAL, System::nanoTime);
    ticking(lines::tick);
    return lines;
  }

  /** Calls {@code tick} regularly, on a daemon thread that lives as long as the process. */
  private static void ticking(Runnable tick) {
    Thread.ofPlatform()
        .daemon()
        .name("decant-progress")
        .start(
            () -> {
              try {
                while (true) {
                  Thread.sleep(TICK_MILLIS);
                  tick.run();
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }
}
