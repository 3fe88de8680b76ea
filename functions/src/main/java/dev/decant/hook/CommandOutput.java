package dev.decant.hook;

import dev.decant.progress.Progress;
import dev.decant.target.Hook;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The output of a program, which a thread of its own reads and shows line by line. The output is
 * read to its end, so that the program never has to wait, but only the first lines are shown. They
 * do not contain the password that the program got, nor the values of the parameters in its
 * arguments.
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
    // A secret that begins in the shown part must be read completely to be recognized.
    this.mostRead = MOST_CHARACTERS + redaction.longest();
    this.reader = Thread.ofPlatform().daemon().name("hook output").unstarted(this::read);
  }

  static CommandOutput of(Process process, Hook.Command hook, String password, Progress progress) {
    Redaction redaction = Redaction.of(hook.words(), password);
    CommandOutput output = new CommandOutput(process.getInputStream(), progress, redaction);
    output.reader.start();
    return output;
  }

  /**
   * Waits for the last lines. The wait is short because a process in the background may keep the
   * pipe open.
   */
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
      // The program was ended, which closed the pipe.
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
        progress.output("… more lines are not shown");
      }
      return;
    }
    byte[] bytes = redaction.replaced(line, MOST_CHARACTERS).getBytes(StandardCharsets.ISO_8859_1);
    progress.output("| " + new String(bytes, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", " "));
  }
}
