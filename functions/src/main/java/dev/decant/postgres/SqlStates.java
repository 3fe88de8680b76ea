package dev.decant.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** PostgreSQL's names for SQLSTATEs. */
final class SqlStates {
  private static final Properties NAMES = read();

  private SqlStates() {}

  /** The name of a state, such as {@code unique violation} for 23505; empty if it has none. */
  static String name(String state) {
    return NAMES.getProperty(state, "").replace('_', ' ');
  }

  private static Properties read() {
    Properties names = new Properties();
    try (InputStream in = SqlStates.class.getResourceAsStream("sqlstates.properties")) {
      names.load(Objects.requireNonNull(in, "sqlstates.properties"));
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
