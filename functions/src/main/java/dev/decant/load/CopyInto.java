package dev.decant.load;

import dev.decant.error.ErrorCode;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.schema.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows on their way into a table by {@code COPY … FROM STDIN}. {@link #commit()} makes them real;
 * {@link #close()} without it takes them back. Belongs to one thread and its connection, which does
 * nothing else meanwhile.
 */
public final class CopyInto implements AutoCloseable {
  private static final int CHUNK = 1 << 16;

  private final String doing;
  private final CopyIn copy;
  private boolean active;

  /**
   * Begins the COPY.
   *
   * @param doing for messages: what is loaded, "table public.user, rows from 1"
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
   * The statement for these columns.
   *
   * @param columns null: the statement has no list, which means all columns of the table. Empty:
   *     the table has no column that COPY takes, for which SQL has no list either.
   */
  public static String statement(TableName table, @Nullable List<String> columns) {
    if (columns == null || columns.isEmpty()) {
      return "COPY " + table.sql() + " FROM STDIN";
    }
    String list =
        columns.stream().map(TableName::alwaysQuoted).collect(Collectors.joining(", ", " (", ")"));
    return "COPY " + table.sql() + list + " FROM STDIN";
  }

  /** Sends whole rows or parts of rows, {@code [from, to)}. */
  public void write(byte[] rows, int from, int to) {
    try {
      for (int at = from; at < to; at += CHUNK) {
        copy.writeToCopy(rows, at, Math.min(CHUNK, to - at));
      }
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, doing);
    }
  }

  /** Ends the COPY: with autocommit its rows are real now. Answers how many there were. */
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
      // The server answers a cancelled COPY with an error; a broken connection took the rows back
      // by itself.
    }
  }
}
