package dev.decant.database;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the server that a person works with, where psql and applications would find it: an option,
 * {@code DATABASE_URL}, a service ({@code PGSERVICE}), {@code PGHOST} and its like, else this
 * machine. A password that none of them has comes from libpq's password file.
 */
public final class ServerFinder {
  private static final Set<String> OF_ADDRESS =
      Set.of("PGHOST", "PGHOSTADDR", "PGPORT", "PGUSER", "PGDATABASE");

  private final Map<String, String> environment;
  private final Path home;

  /**
   * @param home the person's folder, for {@code .pg_service.conf}
   */
  public ServerFinder(Map<String, String> environment, Path home) {
    this.environment = Map.copyOf(environment);
    this.home = home;
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
    String url = environment.get("DATABASE_URL");
    if (url != null && ServerUrl.isOne(url)) {
      return ofUrl(url, false, "DATABASE_URL");
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

  private FoundServer ofUrl(String url, boolean strict, String named) {
    return ofParameters(UrlParameters.read(url, strict), named, "the URL of " + named);
  }

  private static Optional<String> passwordOfEnvironment(String password) {
    return password.isEmpty() ? Optional.empty() : Optional.of("PGPASSWORD");
  }

  /** A URL's and a service's parameters count before variables, as libpq has it. */
  private FoundServer ofParameters(Map<String, String> parameters, String named, String source) {
    String user = value(parameters, "user", "PGUSER", System.getProperty("user.name", "postgres"));
    String host = value(parameters, "host", "PGHOST", "");
    if (host.isEmpty()) {
      host = value(parameters, "hostaddr", "PGHOSTADDR", "localhost");
    }
    requireOne(host, named);
    String password = value(parameters, "password", "PGPASSWORD", "");
    Optional<String> passwordFrom =
        parameters.containsKey("password") ? Optional.of(source) : passwordOfEnvironment(password);
    return new FoundServer(
        new ServerAddress(
            host,
            ServerUrl.port(value(parameters, "port", "PGPORT", "5432")),
            user,
            password,
            value(parameters, "dbname", "PGDATABASE", user),
            properties(parameters)),
        named,
        passwordFrom,
        false);
  }

  private static void requireOne(String host, String named) {
    if (host.startsWith("/") || host.startsWith("@") || host.contains(",")) {
      throw new DecantException(
          ErrorCode.SETTING_INVALID,
          "The server that "
              + named
              + " names is "
              + (host.contains(",") ? "several hosts" : "a Unix-domain socket")
              + ", which decant does not speak to. Name one host that listens on TCP:"
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
