package dev.decant.target;

/**
 * A text of the targets file. {@link #toString()} shows what the file says, {@code ${NAME}} where a
 * parameter stands.
 *
 * @param value with the values of its parameters: may be a secret, and belongs in no message
 * @param written as it stands in the file
 */
public record Filled(String value, String written) {
  /** A text without parameters. */
  public static Filled of(String text) {
    return new Filled(text, text);
  }

  @Override
  public String toString() {
    return written;
  }
}
