package dev.decant.postgres;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.FileNotFoundException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Errors for connections that could not be opened. The message gives everything that the server and
 * the driver said, because no row has been read yet, unless a function composed it: an event
 * trigger of logins may read rows. The code is {@link ErrorCode#DATABASE_UNAVAILABLE} only if the
 * same connection may succeed later although nobody changes anything.
 */
final class ConnectionErrors {
  /** The driver's state if the server requires something that the driver does not have. */
  private static final String REJECTED = "08004";

  /** The state of a database that was dropped. It begins like those of a server that restarts. */
  private static final String DROPPED = "57P04";

  /** Older versions of PgBouncer send all of their refusals with this state. */
  private static final String POOLER = "08P01";

  /** The driver's words for a certificate that was issued for another host name. */
  private static final String OTHER_HOST_NAME = "could not be verified by hostnameverifier";

  private static final Pattern POOLER_REFUSES_LOGIN =
      Pattern.compile("auth\\w* failed|no such (?:user|database)", Pattern.CASE_INSENSITIVE);

  private ConnectionErrors() {}

  /** The error to throw. */
  static DecantException of(SQLException error, ServerAddress server) {
    String state = String.valueOf(error.getSQLState());
    ErrorCode code =
        mayPass(state, error) ? ErrorCode.DATABASE_UNAVAILABLE : ErrorCode.DATABASE_FAILED;
    String doing = "Connecting to " + server.place() + " as " + server.user() + " failed";
    Throwable cause = innermost(error);
    if (asksForPassword(error)) {
      return new DecantException(code, doing + ". " + missingPassword(server));
    }
    if (server.isSocket() && state.equals("08001")) {
      return new DecantException(
          code,
          doing
              + ". No server listens at this socket ("
              + cause.getMessage()
              + "). Start the server, or check the socket's folder and port.");
    }
    if (cause instanceof UnknownHostException) {
      return new DecantException(
          code, doing + ". The name of the host has no address. Check the name.");
    }
    if (cause instanceof ConnectException) {
      return new DecantException(
          code,
          doing
              + ". No server answers there ("
              + cause.getMessage()
              + "). Start the server, or check its host and port.");
    }
    String facts = DatabaseErrors.described(state, List.of(said(error)));
    return new DecantException(code, doing + ": " + facts + '.' + advice(state, server));
  }

  private static boolean mayPass(String state, SQLException error) {
    boolean isTransient =
        (state.startsWith("08") && !state.equals(REJECTED))
            || (state.startsWith("57P0") && !state.equals(DROPPED))
            || state.startsWith("53");
    return isTransient && !isOfCertificates(error) && !poolerRefusesLogin(state, error);
  }

  private static boolean poolerRefusesLogin(String state, SQLException error) {
    ServerErrorMessage server = serverMessage(error);
    return state.equals(POOLER)
        && server != null
        && POOLER_REFUSES_LOGIN.matcher(String.valueOf(server.getMessage())).find();
  }

  private static boolean asksForPassword(SQLException error) {
    return REJECTED.equals(error.getSQLState())
        && serverMessage(error) == null
        && String.valueOf(error.getMessage()).contains("password");
  }

  private static @Nullable ServerErrorMessage serverMessage(SQLException error) {
    return error instanceof PSQLException driver ? driver.getServerErrorMessage() : null;
  }

  private static String missingPassword(ServerAddress server) {
    return "The server asks for a password, and none was given. Set PGPASSWORD, or add the line "
        + PasswordFile.line(server)
        + " to ~/.pgpass (or to the file that PGPASSFILE names), which only you may be able to read"
        + " (chmod 600).";
  }

  private static String said(SQLException error) {
    if (ErrorNames.isOfFunction(error)) {
      return "an event trigger of the server failed at the login";
    }
    return String.valueOf(error.getMessage()).replaceAll("\\s*\\n\\s*", " ");
  }

  private static boolean isOfCertificates(SQLException error) {
    for (@Nullable Throwable each = error; each != null; each = each.getCause()) {
      if (each instanceof SSLException
          || each instanceof FileNotFoundException
          || String.valueOf(each.getMessage()).contains(OTHER_HOST_NAME)) {
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
      case "28P01" ->
          " Check the role, its password, and the place that the password comes from (the URL,"
              + " PGPASSWORD or ~/.pgpass).";
      case "28000" ->
          server.isSocket()
              ? " By a socket, a server usually accepts only the role that has the name of your"
                  + " account on this machine. Use that role (PGUSER), or connect by TCP with a"
                  + " password (PGHOST=localhost)."
              : " Check the role's name and the server's pg_hba.conf.";
      case "3D000" -> " Check the database's name.";
      case "42501" ->
          " Ask an administrator for the right: GRANT CONNECT ON DATABASE … TO "
              + Quoting.identifier(server.user())
              + ".";
      default -> DatabaseErrors.advice(state);
    };
  }
}
