package dev.decant.progress;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who wants to know how far long work is. Calls come from several threads and must be cheap. No row
 * value ever.
 */
public interface Progress {
  /** Nobody. */
  Progress NONE = new Progress() {};

  /**
   * A stage begins: "load", "constraints", … with what it will do, in units ("B" for bytes), or -1
   * where unknown.
   */
  default void stage(String name, long total, String unit) {}

  /**
   * So many units more of the stage are done; {@code detail} says on what (a table, a constraint)
   * where it helps.
   */
  default void advance(long units, @Nullable String detail) {}

  /** As {@link #advance(long, String)}, of so many rows of a table. */
  default void advance(long units, long rows, @Nullable String table) {
    advance(units, table);
  }

  /** The tables whose rows will come, told before their stage begins. */
  default void tables(List<TableShare> tables) {}

  /** The stage is over. */
  default void done() {}

  /** A line for the reader: a fact, not a log. */
  default void message(String text) {}
}
