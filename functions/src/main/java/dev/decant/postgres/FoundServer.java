package dev.decant.postgres;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server that a person works with, and how decant found it.
 *
 * @param named the option or the variable that named the server, such as {@code --server}, {@code
 *     DATABASE_URL} or {@code PGHOST}
 * @param password the place that the password came from, such as {@code PGPASSWORD} or the path of
 *     libpq's password file; empty if there is no password
 * @param ours whether decant made the server and its password. The URLs of such a server hold the
 *     password, because nobody could connect otherwise
 * @param administrator the superuser of a server of decant's own, who creates extensions there;
 *     null if there is none or if the server is somebody else's. It is never shown
 */
public record FoundServer(
    ServerAddress address,
    String named,
    Optional<String> password,
    boolean ours,
    @Nullable ServerAddress administrator) {
  /** A server of decant's own, on which the role itself creates extensions. */
  public static FoundServer own(ServerAddress address, String named) {
    return new FoundServer(address, named, Optional.empty(), true, null);
  }

  /** A server of decant's own, on which a superuser creates extensions. */
  public static FoundServer own(ServerAddress address, ServerAddress administrator, String named) {
    return new FoundServer(address, named, Optional.empty(), true, administrator);
  }

  /**
   * The URL of one of the server's databases, for {@code .env} and {@code psql}. It holds the
   * password only if the server is decant's own.
   */
  public String url(String database) {
    return ours ? ServerUrl.withPassword(address, database) : ServerUrl.of(address, database);
  }

  /** The environment variables that lead a program to one of the server's databases. */
  public Map<String, String> variables(String database) {
    Map<String, String> variables = LibpqVariables.of(address, database);
    variables.put("DATABASE_URL", url(database));
    return variables;
  }
}
