package dev.decant.cli;

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
 * Where a command writes: its result to {@code out}, all else to {@code err}.
 *
 * @param columns the width of the terminal that {@code err} is, 0 where it is none
 * @param environment the process's environment
 * @param questions asks whoever is at the terminal
 */
record Console(
    PrintStream out,
    PrintStream err,
    int columns,
    Ansi ansi,
    Map<String, String> environment,
    Questions questions) {
  /** Both streams become such as cannot control a terminal. */
  Console {
    out = StandardStream.on(out);
    err = StandardStream.on(err);
  }

  private static final Duration LINE_INTERVAL = Duration.ofSeconds(10);
  private static final int NARROWEST = 20;
  private static final int TICK_MILLIS = 200;

  /** Without anybody to ask. */
  Console(
      PrintStream out, PrintStream err, int columns, Ansi ansi, Map<String, String> environment) {
    this(out, err, columns, ansi, environment, Questions.NOBODY);
  }

  /**
   * This process's. Java cannot tell whether stderr is a terminal: the launcher tells, by the
   * system property {@code decant.columns}.
   */
  static Console ofProcess() {
    Map<String, String> environment = System.getenv();
    int columns = Integer.getInteger("decant.columns", 0);
    Ansi ansi = environment.containsKey("NO_COLOR") ? Ansi.OFF : Ansi.AUTO;
    PrintStream err = stream(FileDescriptor.err);
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

  /** The width for tables on stdout; 0 where that is no terminal. */
  int tableColumns() {
    return columns > 0 && Terminal.is(Terminal.STDOUT) ? Terminal.columns(columns) : 0;
  }

  /** Whether whoever read stdout has gone. */
  boolean readerHasGone() {
    return StandardStream.on(out).readerHasGone();
  }

  /** {@code out} for bytes that must all arrive: unlike it, this throws where they do not. */
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
          throw new IOException("stdout takes no more");
        }
      }
    };
  }

  /** Bars on a terminal, now and then a line elsewhere. The caller ends it by {@code done()}. */
  Progress progress() {
    if (columns > 0 && !"dumb".equals(environment.get("TERM"))) {
      boolean colour = !environment.containsKey("NO_COLOR");
      return new BarProgress(
          StandardStream.on(err).drawing(), () -> Terminal.columns(columns), colour);
    }
    LineProgress lines = new LineProgress(err, LINE_INTERVAL, System::nanoTime);
    ticking(lines::tick);
    return lines;
  }

  /** Until the process ends. */
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
