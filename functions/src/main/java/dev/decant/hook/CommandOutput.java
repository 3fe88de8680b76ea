package dev.decant.hook;

import dev.decant.progress.Progress;
import dev.decant.target.Hook;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What a program writes, line by line to a progress, in a thread of its own. It is read to its end,
 * so that the program never waits, but only the first lines are shown; not the password that the
 * program was given, nor the values of its arguments' parameters.
 */
final class CommandOutput {
  private static final int MOST_LINES = 100;
  private static final int MOST_CHARACTERS = 500;
  private static final Duration REST = Duration.ofSeconds(1);

  private final InputStream in;
  private final Progress progress;
  private final Redaction redaction;
  private final Thread reader;
  private final int mostRead;
  private int lines;

  private CommandOutput(InputStream in, Progress progress, Redaction redaction) {
    this.in = in;
    this.progress = progress;
    this.redaction = redaction;
    // A secret that begins in what is shown is read whole, to be found and replaced.
    this.mostRead = MOST_CHARACTERS + redaction.longest();
    this.reader = Thread.ofPlatform().daemon().name("hook output").unstarted(this::read);
  }

  static CommandOutput of(Process process, Hook.Command hook, String password, Progress progress) {
    Redaction redaction = Redaction.of(hook.words(), password);
    CommandOutput output = new CommandOutput(process.getInputStream(), progress, redaction);
    output.reader.start();
    return output;
  }

  /** Waits for the last lines; not for a process in the background that keeps the pipe open. */
  void end() throws InterruptedException {
    var _ = reader.join(REST);
  }

  private void read() {
    byte[] buffer = new byte[8192];
    StringBuilder line = new StringBuilder();
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        take(new String(buffer, 0, n, StandardCharsets.ISO_8859_1), line);
      }
    } catch (IOException e) {
      // The program was ended.
    }
    if (!line.isEmpty()) {
      show(line);
    }
  }

  private void take(String text, StringBuilder line) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        show(line);
        line.setLength(0);
      } else if (line.length() < mostRead) {
        line.append(c);
      }
    }
  }

  private void show(StringBuilder line) {
    lines++;
    if (lines > MOST_LINES) {
      if (lines == MOST_LINES + 1) {
        progress.message("… more lines are not shown");
      }
      return;
    }
    byte[] bytes = redaction.replaced(line, MOST_CHARACTERS).getBytes(StandardCharsets.ISO_8859_1);
    progress.message(
        "| " + new String(bytes, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", " "));
  }
}
