package dev.decant.load;

import java.sql.Connection;
import java.sql.SQLException;

/** A source for the rows of a table that do not come from the snapshot. */
@FunctionalInterface
public interface RowsFrom {
  /**
   * Copies the rows into their table, which is empty.
   *
   * @param into a connection to the new database with autocommit, which the caller closes
   * @return the number of copied rows
   */
  long copy(Connection into) throws SQLException;
}
