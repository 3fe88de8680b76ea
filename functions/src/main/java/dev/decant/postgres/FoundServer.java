package dev.decant.postgres;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server that a person works with, and how it was found.
 *
 * @param address of the server
 * @param named what named it: {@code --server}, {@code DATABASE_URL}, {@code PGHOST}, …
 * @param password where its password comes from; empty where libpq's password file, or nothing, has
 *     it
 * @param ours whether decant made the server and its password: then URLs have it, or nobody could
 *     come in
 * @param administrator the superuser of a server of decant's own, which creates extensions there;
 *     null where there is none or where it is not ours. It is shown to nobody
 */
public record FoundServer(
    ServerAddress address,
    String named,
    Optional<String> password,
    boolean ours,
    @Nullable ServerAddress administrator) {
  /** A server of decant's own, whose extensions nobody but the role itself creates. */
  public static FoundServer own(ServerAddress address, String named) {
    return new FoundServer(address, named, Optional.empty(), true, null);
  }

  /** A server of decant's own with its superuser. */
  public static FoundServer own(ServerAddress address, ServerAddress administrator, String named) {
    return new FoundServer(address, named, Optional.empty(), true, administrator);
  }

  /**
   * The URL of one of its databases, for {@code .env} and {@code psql}; without a password, unless
   * the server is decant's own.
   */
  public String url(String database) {
    return ours ? ServerUrl.withPassword(address, database) : ServerUrl.of(address, database);
  }

  /** What makes a program's environment lead to one of its databases. */
  public Map<String, String> variables(String database) {
    Map<String, String> variables = LibpqVariables.of(address, database);
    variables.put("DATABASE_URL", url(database));
    return variables;
  }
}
