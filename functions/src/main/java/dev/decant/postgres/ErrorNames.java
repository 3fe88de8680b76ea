package dev.decant.postgres;

import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * The objects that a database's error names in fields of its own, and not in its text. The server
 * takes these names from its catalog, unless a function chose them: {@code RAISE … USING TABLE =
 * users.email} names a value of a row, and so does an error about an object that dynamic SQL has
 * created. All names of such an error are null.
 */
public record ErrorNames(
    @Nullable String schema,
    @Nullable String table,
    @Nullable String column,
    @Nullable String constraint,
    @Nullable String type) {
  /** The names of an error that has none which can be trusted. */
  private static final ErrorNames NONE = new ErrorNames(null, null, null, null, null);

  /** The function of PL/pgSQL that executes RAISE. */
  private static final String RAISE = "exec_stmt_raise";

  /** A line of the context that names a function which can run dynamic SQL. */
  private static final Pattern PROCEDURAL = Pattern.compile("^PL", Pattern.MULTILINE);

  /** The names in an error. */
  public static ErrorNames of(SQLException error) {
    ServerErrorMessage server = trusted(error).orElse(null);
    return server == null || inProcedure(server)
        ? NONE
        : new ErrorNames(
            server.getSchema(),
            server.getTable(),
            server.getColumn(),
            server.getConstraint(),
            server.getDatatype());
  }

  /**
   * The server's part of an error, if the server itself composed it. It is empty if a function
   * raised the error with fields of its choice, or if the driver made the error.
   */
  static Optional<ServerErrorMessage> trusted(SQLException error) {
    return Optional.ofNullable(
            error instanceof PSQLException fromServer ? fromServer.getServerErrorMessage() : null)
        .filter(server -> !RAISE.equals(server.getRoutine()));
  }

  /** Whether a function may have composed the error, so that its text may have values of rows. */
  static boolean isOfFunction(SQLException error) {
    return error instanceof PSQLException fromServer
        && fromServer.getServerErrorMessage() != null
        && trusted(error).filter(server -> !inProcedure(server)).isEmpty();
  }

  private static boolean inProcedure(ServerErrorMessage server) {
    return server.getWhere() != null && PROCEDURAL.matcher(server.getWhere()).find();
  }
}
