package dev.decant.postgres;

import dev.decant.resource.PackagedFile;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
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
    try {
      names.load(new StringReader(PackagedFile.text(SqlStates.class, "sqlstates.properties")));
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
