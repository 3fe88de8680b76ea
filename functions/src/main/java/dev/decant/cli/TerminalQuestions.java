package dev.decant.cli;

import dev.decant.pull.Questions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Asks on stderr and reads the answer from stdin. Any answer other than yes means no. */
final class TerminalQuestions implements Questions {
  private final PrintStream to;
  private final BufferedReader from;
  private final BooleanSupplier terminal;

  /**
   * @param terminal whether stdin and stderr are terminals; called for each question
   */
  TerminalQuestions(PrintStream to, InputStream from, BooleanSupplier terminal) {
    this.to = to;
    this.from = new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8));
    this.terminal = terminal;
  }

  @Override
  public Optional<Boolean> agree(String question) {
    if (!terminal.getAsBoolean()) {
      return Optional.empty();
    }
    to.print(question + " [y/N] ");
    to.flush();
    try {
      String answer = from.readLine();
      return answer == null
          ? Optional.empty()
          : Optional.of(answer.strip().toLowerCase(Locale.ROOT).matches("y|yes"));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
