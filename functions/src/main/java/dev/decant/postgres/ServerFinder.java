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
 * Finds the server that a person works with, where psql and applications would find it: an option,
 * {@code DATABASE_URL}, a service ({@code PGSERVICE}), {@code PGHOST} and its like, else a socket
 * of this machine, else its TCP port. A password that none of them has comes from libpq's password
 * file.
 */
public final class ServerFinder {
  private static final Set<String> OF_ADDRESS =
      Set.of("PGHOST", "PGHOSTADDR", "PGPORT", "PGUSER", "PGDATABASE");

  /**
   * Where libpq looks for a socket: as Debian and others build it, and as PostgreSQL itself does.
   */
  static final List<String> SOCKET_FOLDERS = List.of("/var/run/postgresql", "/tmp");

  /** A PostgreSQL's URL as SQLAlchemy and GeoDjango write it; libpq does not know these schemes. */
  private static final Pattern OF_FRAMEWORKS =
      Pattern.compile("(?:postgres(?:ql)?\\+\\w+|postgis)(?=://)");

  private final Map<String, String> environment;
  private final Path home;
  private final List<String> socketFolders;

  /**
   * Of an environment.
   *
   * @param home the person's folder, for {@code .pg_service.conf} and {@code .pgpass}
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
   * Finds it; connects to nothing.
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
          "DATABASE_URL is not the URL of a PostgreSQL server: it does not begin with"
              + " postgresql:// or postgres://. Name the server by --server, or unset DATABASE_URL"
              + " (what it has is not shown: it may hold a password).");
    }
    return plain;
  }

  /** The server of a URL; what the URL lacks comes from libpq's variables. */
  FoundServer ofUrl(String url, boolean strict, String named) {
    return ofParameters(UrlParameters.read(url, strict), named, "the URL of " + named);
  }

  /** A URL's and a service's parameters count before variables, as libpq has it. */
  private FoundServer ofParameters(Map<String, String> parameters, String named, String source) {
    String user = value(parameters, "user", "PGUSER", System.getProperty("user.name", "postgres"));
    int port = ServerUrl.port(value(parameters, "port", "PGPORT", "5432"));
    ServerAddress address =
        new ServerAddress(
            host(parameters, port, named),
            port,
            user,
            value(parameters, "password", "PGPASSWORD", ""),
            value(parameters, "dbname", "PGDATABASE", user),
            properties(parameters));
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

  /** As psql has it: where no host is named, a socket of this machine, else localhost. */
  private String host(Map<String, String> parameters, int port, String named) {
    String hostaddr = value(parameters, "hostaddr", "PGHOSTADDR", "");
    String host = value(parameters, "host", "PGHOST", hostaddr);
    if (!hostaddr.isEmpty() && !hostaddr.equals(host)) {
      // libpq connects to the address, and checks the certificate against the host.
      throw new DecantException(
          ErrorCode.SETTING_INVALID,
          "The server has the host "
              + host
              + " and the address "
              + hostaddr
              + " (hostaddr, PGHOSTADDR), and decant takes one of them only. Remove the other.");
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
          "The server that "
              + named
              + " names is "
              + (host.contains(",") ? "several hosts" : "a socket in the abstract namespace")
              + ", which decant does not support. Name one host, or the folder of one socket:"
              + " PGHOST=localhost, or --server postgresql://user@localhost:5432/.");
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
