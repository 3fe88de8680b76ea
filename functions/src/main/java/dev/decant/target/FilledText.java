package dev.decant.target;

import java.util.Map;

/**
 * A text of the targets file whose parameters are replaced by their values. {@link #toString()}
 * shows the text as it is written in the file, with {@code ${NAME}} for each parameter.
 *
 * @param value the text with the values of its parameters; it may be a secret and must not appear
 *     in a message
 * @param written the text as it is written in the file
 * @param parameters the values of the parameters in the text, by their names
 */
public record FilledText(String value, String written, Map<String, String> parameters) {
  public FilledText {
    parameters = Map.copyOf(parameters);
  }

  /** A text without parameters. */
  public static FilledText of(String text) {
    return new FilledText(text, text, Map.of());
  }

  @Override
  public String toString() {
    return written;
  }
}
