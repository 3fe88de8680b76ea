package dev.decant.postgres;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The environment variables of libpq, which psql, pg_dump and most drivers outside of Java read.
 * https://www.postgresql.org/docs/current/libpq-envars.html
 */
public final class LibpqVariables {
  /**
   * The variables of every release up to 18, including those that later releases dropped. Some of
   * them take precedence over {@code PGHOST} or {@code PGDATABASE}, so all of them must be removed
   * from an environment that should lead a process to another server.
   */
  public static final Set<String> NAMES =
      Set.of(
          "PGAPPNAME",
          "PGAUTHTYPE",
          "PGCHANNELBINDING",
          "PGCLIENTENCODING",
          "PGCONNECT_TIMEOUT",
          "PGDATABASE",
          "PGDATESTYLE",
          "PGGEQO",
          "PGGSSDELEGATION",
          "PGGSSENCMODE",
          "PGGSSLIB",
          "PGHOST",
          "PGHOSTADDR",
          "PGKRBSRVNAME",
          "PGLOADBALANCEHOSTS",
          "PGLOCALEDIR",
          "PGMAXPROTOCOLVERSION",
          "PGMINPROTOCOLVERSION",
          "PGOAUTHCAFILE",
          "PGOAUTHDEBUG",
          "PGOPTIONS",
          "PGPASSFILE",
          "PGPASSWORD",
          "PGPORT",
          "PGREALM",
          "PGREQUIREAUTH",
          "PGREQUIREPEER",
          "PGREQUIRESSL",
          "PGSERVICE",
          "PGSERVICEFILE",
          "PGSSLCERT",
          "PGSSLCERTMODE",
          "PGSSLCOMPRESSION",
          "PGSSLCRL",
          "PGSSLCRLDIR",
          "PGSSLKEY",
          "PGSSLMAXPROTOCOLVERSION",
          "PGSSLMINPROTOCOLVERSION",
          "PGSSLMODE",
          "PGSSLNEGOTIATION",
          "PGSSLROOTCERT",
          "PGSSLSNI",
          "PGSYSCONFDIR",
          "PGTARGETSESSIONATTRS",
          "PGTTY",
          "PGTZ",
          "PGUSER");

  /** The variables of the connection parameters that decant passes on, by the parameters' names. */
  static final Map<String, String> OF_PARAMETERS =
      Map.of(
          "sslmode", "PGSSLMODE",
          "sslrootcert", "PGSSLROOTCERT",
          "sslcert", "PGSSLCERT",
          "sslkey", "PGSSLKEY",
          "connect_timeout", "PGCONNECT_TIMEOUT",
          "channel_binding", "PGCHANNELBINDING",
          "gssencmode", "PGGSSENCMODE",
          "options", "PGOPTIONS");

  private LibpqVariables() {}

  /** The variables that lead a process to a database of a server. They include the password. */
  public static Map<String, String> of(ServerAddress server, String database) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("PGHOST", server.bareHost());
    variables.put("PGPORT", Integer.toString(server.port()));
    variables.put("PGUSER", server.user());
    variables.put("PGDATABASE", database);
    if (!server.password().isEmpty()) {
      variables.put("PGPASSWORD", server.password());
    }
    Map<String, String> parameters = ServerUrl.parameters(server.properties());
    OF_PARAMETERS.forEach(
        (name, variable) -> {
          String value = parameters.get(name);
          if (value != null) {
            variables.put(variable, value);
          }
        });
    return variables;
  }
}
