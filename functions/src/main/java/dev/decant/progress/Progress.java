package dev.decant.progress;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A listener that shows how far long work has come. It is called by several threads and must be
 * fast. It never gets a row value.
 */
public interface Progress {
  /** A listener that does nothing. */
  Progress NONE = new Progress() {};

  /**
   * A stage begins, for example "load".
   *
   * @param total the number of units that the stage has, or -1 if it is not known
   * @param unit the name of the unit; "B" for bytes
   */
  default void stage(String name, long total, String unit) {}

  /**
   * More units of the stage are done.
   *
   * @param detail the object that they belong to, such as a table or a constraint, if that helps
   */
  default void advance(long units, @Nullable String detail) {}

  /** More units of the stage are done, which are rows of a table. */
  default void advance(long units, long rows, @Nullable String table) {
    advance(units, table);
  }

  /** Announces the tables whose rows the next stage loads. */
  default void tables(List<TableShare> tables) {}

  /** The stage has ended. */
  default void done() {}

  /** A line for the person. It is a fact about the run, not a log line. */
  default void message(String text) {}

  /** A line that a program of the user has written. It may have a value of a row. */
  default void output(String line) {
    message(line);
  }
}
