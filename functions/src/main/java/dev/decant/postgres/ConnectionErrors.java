package dev.decant.postgres;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.FileNotFoundException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/**
 * Why a connection did not come about, and what to do about it. No row was seen yet, so all that
 * server and driver said is told. Only what passes by itself is {@link
 * ErrorCode#DATABASE_UNAVAILABLE}.
 */
final class ConnectionErrors {
  /** The driver's state for a server that asks for what the driver does not have. */
  private static final String REJECTED = "08004";

  /** States that last until somebody changes role, password, database or the server's settings. */
  private static final Set<String> LASTING =
      Set.of(REJECTED, "28000", "28P01", "3D000", "42501", "42704", "22023", "0A000");

  private ConnectionErrors() {}

  /** The error to throw. */
  static DecantException of(SQLException error, ServerAddress server) {
    String state = String.valueOf(error.getSQLState());
    String doing = "connecting to " + server.place() + " as " + server.user();
    ErrorCode code =
        LASTING.contains(state) || isOfCertificates(error)
            ? ErrorCode.DATABASE_FAILED
            : ErrorCode.DATABASE_UNAVAILABLE;
    if (asksForPassword(error)) {
      return new DecantException(
          code,
          doing
              + ": the server asks for a password, and none was given. Set PGPASSWORD, or add the"
              + " line HOST:PORT:DATABASE:USER:PASSWORD to ~/.pgpass (PGPASSFILE), which only you"
              + " may read (chmod 600)");
    }
    Throwable cause = innermost(error);
    if (server.isSocket() && state.equals("08001")) {
      return new DecantException(
          code,
          doing
              + ": no server answers at this socket ("
              + cause.getMessage()
              + "). Start it, or check its folder and port");
    }
    if (cause instanceof UnknownHostException) {
      return new DecantException(code, doing + ": no host of this name is known. Check the name");
    }
    if (cause instanceof ConnectException) {
      return new DecantException(
          code,
          doing
              + ": no server answers ("
              + cause.getMessage()
              + "). Start it, or check its host and port");
    }
    return new DecantException(
        code, DatabaseErrors.message(doing, state, List.of(said(error))) + advice(state, server));
  }

  private static boolean asksForPassword(SQLException error) {
    return REJECTED.equals(error.getSQLState())
        && error instanceof PSQLException driver
        && driver.getServerErrorMessage() == null
        && String.valueOf(error.getMessage()).contains("password");
  }

  private static String said(SQLException error) {
    return String.valueOf(error.getMessage()).replaceAll("\\s*\\n\\s*", " ");
  }

  private static boolean isOfCertificates(SQLException error) {
    for (@Nullable Throwable each = error; each != null; each = each.getCause()) {
      if (each instanceof SSLException || each instanceof FileNotFoundException) {
        return true;
      }
    }
    return false;
  }

  private static Throwable innermost(Throwable error) {
    Throwable cause = error.getCause();
    return cause == null ? error : innermost(cause);
  }

  private static String advice(String state, ServerAddress server) {
    return switch (state) {
      case "28P01" -> ". Check the role, its password, and where the password comes from";
      case "28000" ->
          server.isSocket()
              ? ". By a socket a server usually lets in the role that has the name of your account"
                  + " on this machine: name that role (PGUSER), or go by TCP with a password"
                  + " (PGHOST=localhost)"
              : ". Check the role's name and the server's pg_hba.conf";
      case "3D000" -> ". Check the database's name";
      case "42501" -> ". An administrator grants it: GRANT CONNECT ON DATABASE";
      default -> DatabaseErrors.advice(state);
    };
  }
}
