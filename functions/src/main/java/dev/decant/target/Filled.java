package dev.decant.target;

import java.util.Map;

/**
 * A text of the targets file. {@link #toString()} shows what the file says, {@code ${NAME}} where a
 * parameter stands.
 *
 * @param value with the values of its parameters: may be a secret, and belongs in no message
 * @param written as it stands in the file
 * @param parameters those that it has, each by its name with its own value
 */
public record Filled(String value, String written, Map<String, String> parameters) {
  public Filled {
    parameters = Map.copyOf(parameters);
  }

  /** A text without parameters. */
  public static Filled of(String text) {
    return new Filled(text, text, Map.of());
  }

  @Override
  public String toString() {
    return written;
  }
}
