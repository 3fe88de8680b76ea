package dev.decant.load;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.Connections;
import dev.decant.postgres.DatabaseEncoding;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.Quoting;
import dev.decant.schema.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Loads rows into a table by {@code COPY … FROM STDIN}. {@link #commit()} completes the COPY.
 * {@link #close()} without it ends the connection, so the server rolls the rows back. It belongs to
 * one thread and its connection, which must not be used for anything else until the end of the
 * COPY.
 */
public final class CopyInto implements AutoCloseable {
  private static final int CHUNK = 1 << 16;

  private final Connection connection;
  private final String doing;
  private final Function<SQLException, String> cause;
  private final CopyIn copy;
  private boolean active;

  /**
   * Begins a COPY.
   *
   * @param doing what the rows are loaded for, as the subject of a sentence: "loading table
   *     public.t"
   */
  public CopyInto(Connection connection, String copyStatement, String doing) {
    this(connection, copyStatement, doing, e -> "");
  }

  /**
   * As {@link #CopyInto(Connection, String, String)}.
   *
   * @param cause returns a sentence about the cause of an error, which contains no value of a row
   *     and begins with a space, or an empty text
   */
  public CopyInto(
      Connection connection,
      String copyStatement,
      String doing,
      Function<SQLException, String> cause) {
    this(connection, copyStatement, doing, cause, List.of());
  }

  /**
   * As {@link #CopyInto(Connection, String, String)}, with the option FREEZE, for a table that was
   * truncated in the same transaction.
   */
  static CopyInto frozen(Connection connection, String copyStatement, String doing) {
    return new CopyInto(connection, copyStatement, doing, e -> "", List.of("FREEZE"));
  }

  private CopyInto(
      Connection connection,
      String copyStatement,
      String doing,
      Function<SQLException, String> cause,
      List<String> options) {
    this.connection = connection;
    this.doing = doing;
    this.cause = cause;
    try {
      String sql = copyStatement + DatabaseEncoding.copyOptions(connection, options);
      copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
      active = true;
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, doing);
    }
  }

  /**
   * The COPY statement for these columns.
   *
   * @param columns the columns in the order of the fields, or null for all columns of the table;
   *     empty if the table has no column that COPY can fill
   */
  public static String statement(TableName table, @Nullable List<String> columns) {
    if (columns == null || columns.isEmpty()) {
      return "COPY " + table.sql() + " FROM STDIN";
    }
    return "COPY " + table.sql() + " (" + Quoting.identifiers(columns) + ") FROM STDIN";
  }

  /** Sends the bytes of {@code [from, to)}, which may end in the middle of a row. */
  public void write(byte[] rows, int from, int to) {
    try {
      for (int at = from; at < to; at += CHUNK) {
        copy.writeToCopy(rows, at, Math.min(CHUNK, to - at));
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Completes the COPY, which commits its rows with autocommit. Returns the number of rows. */
  public long commit() {
    try {
      long rows = copy.endCopy();
      active = false;
      return rows;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private DecantException failed(SQLException e) {
    DecantException failure = DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, doing);
    return new DecantException(failure.code(), failure.getMessage() + cause.apply(e));
  }

  /**
   * Ends the connection if the COPY is not complete. The COPY is not cancelled: pgjdbc's cancelCopy
   * never returns if another thread aborts the connection meanwhile (pgjdbc 42.7.14).
   */
  @Override
  public void close() {
    if (active && copy.isActive()) {
      Connections.abort(connection);
    }
  }
}
