package dev.decant.setting;

import dev.decant.postgres.LibpqVariables;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The environment of the programs that decant starts for people, which are hooks and after-pull
 * scripts. It is decant's own environment without variables that lead to another database and
 * without decant's secrets.
 */
public final class ChildEnvironment {
  /**
   * Settings without secrets, which a program that calls decant may need. All other variables of
   * decant are removed, so that a new setting is private until somebody adds it here.
   */
  private static final Set<String> PASSED_ON =
      EnumSet.of(
              Setting.POLICY,
              Setting.TARGETS,
              Setting.SOURCE_SSLROOTCERT,
              Setting.STATIC_SOURCE,
              Setting.PG_DUMP,
              Setting.STORE,
              Setting.RAW_PREFIX,
              Setting.RAW_KEY_PATTERN,
              Setting.SANITIZED_PREFIX,
              Setting.VERIFY_KEY,
              Setting.JOBS,
              Setting.SERVICE,
              Setting.ENVIRONMENT,
              Setting.WORK,
              Setting.CACHE,
              Setting.FRAME_CACHE,
              Setting.TRACE_MEMORY,
              Setting.STATE,
              Setting.POSTGRES,
              Setting.S3_PATH_STYLE,
              Setting.LOG,
              Setting.JAVA_HOME,
              Setting.JAVA_OPTS)
          .stream()
          .map(Setting::variable)
          .collect(Collectors.toUnmodifiableSet());

  /** The URL of a PostgreSQL database, also in the forms of JDBC, Django and SQLAlchemy. */
  private static final Pattern DATABASE =
      Pattern.compile(
          "\\s*(jdbc:postgresql:|(postgres|postgresql|postgis|pgsql|psql)(\\+\\w+)?://).*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** A connection string of libpq or .NET that names a host and a database. */
  private static final Pattern CONNECTION_STRING =
      Pattern.compile(
          "(?=.*(?:^|[\\s;])(?:host|hostaddr|server)\\s*=)"
              + "(?=.*(?:^|[\\s;])(?:dbname|database)\\s*=).*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private ChildEnvironment() {}

  /**
   * Changes the environment of a process so that it leads to one database.
   *
   * @param environment the inherited environment of the process, which is changed in place
   * @param variables the variables that name the database
   */
  public static void lead(Map<String, String> environment, Map<String, String> variables) {
    environment.keySet().removeAll(LibpqVariables.NAMES);
    environment.remove("DATABASE_URL");
    environment
        .entrySet()
        .removeIf(each -> isPrivate(each.getKey()) || namesDatabase(each.getValue()));
    environment.putAll(variables);
  }

  private static boolean namesDatabase(String value) {
    return DATABASE.matcher(value).matches() || CONNECTION_STRING.matcher(value).matches();
  }

  private static boolean isPrivate(String name) {
    return name.startsWith("DECANT_") && !PASSED_ON.contains(name);
  }
}
