package dev.decant.load;

import dev.decant.error.ErrorCode;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.Quoting;
import dev.decant.schema.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Copies rows into a table by {@code COPY … FROM STDIN}. {@link #commit()} ends the COPY. {@link
 * #close()} without a commit discards the rows. The object belongs to one thread, and its
 * connection cannot be used for anything else in the meantime.
 */
public final class CopyInto implements AutoCloseable {
  private static final int CHUNK = 1 << 16;

  private final String doing;
  private final CopyIn copy;
  private boolean active;

  /**
   * Begins a COPY.
   *
   * @param doing what is going on, for messages: {@code loading table public.user}
   */
  public CopyInto(Connection connection, String copyStatement, String doing) {
    this.doing = doing;
    try {
      copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copyStatement);
      active = true;
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, doing);
    }
  }

  /**
   * The COPY statement for some columns of a table.
   *
   * @param columns the columns in the order of the rows. If it is null, the statement has no list,
   *     which means all columns. If it is empty, the table has no column that COPY accepts, and the
   *     statement has no list either
   */
  public static String statement(TableName table, @Nullable List<String> columns) {
    if (columns == null || columns.isEmpty()) {
      return "COPY " + table.sql() + " FROM STDIN";
    }
    return "COPY " + table.sql() + " (" + Quoting.identifiers(columns) + ") FROM STDIN";
  }

  /** Sends the bytes {@code [from, to)}, which may be whole rows or parts of rows. */
  public void write(byte[] rows, int from, int to) {
    try {
      for (int at = from; at < to; at += CHUNK) {
        copy.writeToCopy(rows, at, Math.min(CHUNK, to - at));
      }
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, doing);
    }
  }

  /** Ends the COPY, which commits the rows if autocommit is on. Returns the number of rows. */
  public long commit() {
    try {
      long rows = copy.endCopy();
      active = false;
      return rows;
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, doing);
    }
  }

  @Override
  public void close() {
    if (!active || !copy.isActive()) {
      return;
    }
    try {
      copy.cancelCopy();
    } catch (SQLException ignored) {
      // The server answers a cancelled COPY by an error. If the connection is broken, the server
      // discards the rows.
    }
  }
}
