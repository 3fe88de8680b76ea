package dev.decant.postgres;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the server that a person works with, in the places where psql and applications find it. The
 * places are an option, {@code DATABASE_URL}, a service ({@code PGSERVICE}), the variables {@code
 * PGHOST} and others, a socket of this machine, and the TCP port of this machine, in this order. If
 * the place holds no password, it comes from libpq's password file.
 */
public final class ServerFinder {
  private static final Set<String> OF_ADDRESS =
      Set.of("PGHOST", "PGHOSTADDR", "PGPORT", "PGUSER", "PGDATABASE");

  /**
   * The folders in which libpq looks for a socket. The first is the default of Debian and other
   * distributions, the second that of PostgreSQL itself.
   */
  static final List<String> SOCKET_FOLDERS = List.of("/var/run/postgresql", "/tmp");

  /** The schemes of SQLAlchemy and GeoDjango for PostgreSQL, which libpq does not know. */
  private static final Pattern OF_FRAMEWORKS =
      Pattern.compile("(?:postgres(?:ql)?\\+\\w+|postgis)(?=://)");

  private final Map<String, String> environment;
  private final Path home;
  private final List<String> socketFolders;

  /**
   * A finder for an environment.
   *
   * @param home the person's home folder, which may hold {@code .pg_service.conf} and {@code
   *     .pgpass}
   */
  public ServerFinder(Map<String, String> environment, Path home) {
    this(environment, home, SOCKET_FOLDERS);
  }

  ServerFinder(Map<String, String> environment, Path home, List<String> socketFolders) {
    this.environment = Map.copyOf(environment);
    this.home = home;
    this.socketFolders = List.copyOf(socketFolders);
  }

  /**
   * Finds the server without connecting to it.
   *
   * @param option the URL that the person gave, or null
   */
  public FoundServer find(@Nullable String option) {
    if (option != null) {
      return ofUrl(option, true, "--server");
    }
    String url = environment.getOrDefault("DATABASE_URL", "");
    if (!url.isBlank()) {
      return ofUrl(postgresUrl(url), false, "DATABASE_URL");
    }
    String service = environment.get("PGSERVICE");
    if (service != null && !service.isBlank()) {
      return ofParameters(
          ServiceFile.read(service, environment, home),
          "service " + service + " (PGSERVICE)",
          "service " + service + " (PGSERVICE)");
    }
    Optional<String> named =
        OF_ADDRESS.stream().filter(environment::containsKey).sorted().findFirst();
    return ofParameters(Map.of(), named.orElse("default"), "");
  }

  private static String postgresUrl(String url) {
    String plain = OF_FRAMEWORKS.matcher(url.strip()).replaceFirst("postgresql");
    if (!ServerUrl.isOne(plain)) {
      throw new DecantException(
          ErrorCode.SETTING_INVALID,
          "DATABASE_URL is not the URL of a PostgreSQL server. It does not begin with"
              + " postgresql:// or postgres://; its value is not shown because it may hold a"
              + " password. Name the server with --server, or unset DATABASE_URL.");
    }
    return plain;
  }

  /** The server of a URL. Parts that the URL does not have come from libpq's variables. */
  FoundServer ofUrl(String url, boolean strict, String named) {
    return ofParameters(UrlParameters.read(url, strict), named, "the URL of " + named);
  }

  /** The parameters of a URL or a service take precedence over variables, as with libpq. */
  private FoundServer ofParameters(Map<String, String> parameters, String named, String source) {
    String user = value(parameters, "user", "PGUSER", System.getProperty("user.name", "postgres"));
    int port = ServerUrl.port(value(parameters, "port", "PGPORT", "5432"));
    String host = host(parameters, port, named);
    ServerAddress address =
        new ServerAddress(
            host,
            port,
            user,
            value(parameters, "password", "PGPASSWORD", ""),
            value(parameters, "dbname", "PGDATABASE", user),
            RdsCertificates.added(properties(parameters), host));
    if (!address.password().isEmpty()) {
      String from = parameters.containsKey("password") ? source : "PGPASSWORD";
      return new FoundServer(address, named, Optional.of(from), false, null);
    }
    PasswordFile file = PasswordFile.of(environment, home);
    Optional<String> password = file.password(address);
    return new FoundServer(
        address.withPassword(password.orElse("")),
        named,
        password.map(_ -> file.file().toString()),
        false,
        null);
  }

  /** The host. If none is named, it is a socket of this machine or localhost, as with psql. */
  private String host(Map<String, String> parameters, int port, String named) {
    String hostaddr = value(parameters, "hostaddr", "PGHOSTADDR", "");
    String host = value(parameters, "host", "PGHOST", hostaddr);
    if (!hostaddr.isEmpty() && !hostaddr.equals(host)) {
      // libpq would connect to the address and check the certificate against the host.
      throw new DecantException(
          ErrorCode.SETTING_INVALID,
          "The server has the host "
              + host
              + " and the address "
              + hostaddr
              + " (hostaddr, PGHOSTADDR), but decant accepts only one of them. Remove the other.");
    }
    if (host.isEmpty()) {
      return socketFolders.stream()
          .filter(folder -> Files.exists(ServerAddress.socket(folder, port)))
          .findFirst()
          .orElse("localhost");
    }
    requireOneHost(host, named);
    return host;
  }

  static void requireOneHost(String host, String named) {
    if (host.startsWith("@") || host.contains(",")) {
      throw new DecantException(
          ErrorCode.SETTING_INVALID,
          (host.contains(",")
                  ? "Several hosts are named by " + named
                  : "A socket in the abstract namespace is named by " + named)
              + ", which decant does not support. Name one host, or the folder of one socket, for"
              + " example with PGHOST=localhost or --server postgresql://user@localhost:5432/.");
    }
  }

  private String value(
      Map<String, String> parameters, String name, String variable, String preset) {
    String value = parameters.getOrDefault(name, environment.getOrDefault(variable, ""));
    return value.isEmpty() ? preset : value;
  }

  private Map<String, String> properties(Map<String, String> parameters) {
    Map<String, String> properties = new HashMap<>();
    ServerUrl.PROPERTIES.forEach(
        (libpq, driver) -> {
          String variable = LibpqVariables.OF_PARAMETERS.getOrDefault(libpq, "");
          String value = value(parameters, libpq, variable, "");
          if (!value.isEmpty()) {
            properties.put(driver, value);
          }
        });
    return properties;
  }
}
