package dev.decant.load;

import java.sql.Connection;
import java.sql.SQLException;

/** Rows of a table that do not come from the snapshot. */
@FunctionalInterface
public interface RowsFrom {
  /**
   * Puts the rows into their table, which is empty.
   *
   * @param into the new database; the caller's, in autocommit
   * @return how many
   */
  long copy(Connection into) throws SQLException;
}
