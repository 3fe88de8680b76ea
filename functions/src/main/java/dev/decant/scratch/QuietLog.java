package dev.decant.scratch;

import dev.decant.error.ErrorCode;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.Queries;
import dev.decant.postgres.Quoting;
import dev.decant.postgres.ServerAddress;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps values of rows out of the log of somebody else's server. A server writes the values that it
 * rejects into its log, for example {@code invalid input syntax for type integer: "…"}. Only
 * superusers and roles with a granted right may turn that off for their sessions. For other roles,
 * a warning names the right.
 */
final class QuietLog {
  private static final Logger LOG = LoggerFactory.getLogger(QuietLog.class);

  /** Pairs of a setting and its quiet value, as elements of an SQL array. */
  private static final String SETTINGS =
      """
      ['log_min_messages', 'fatal'], ['log_min_error_statement', 'panic'],
      ['log_error_verbosity', 'terse'], ['log_statement', 'none'],
      ['log_min_duration_statement', '-1'], ['log_parameter_max_length', '0'],
      ['log_parameter_max_length_on_error', '0']\
      """;

  /**
   * The statement that prepares a session. It changes those of the settings that the role may set.
   */
  static final String SESSION =
      """
      SET synchronous_commit = off; SET TimeZone = 'UTC'; SET IntervalStyle = 'postgres';
      SET client_min_messages = 'error'; SET maintenance_work_mem = '256MB';
      DO $decant$
      DECLARE setting text[];
      BEGIN
        FOREACH setting SLICE 1 IN ARRAY ARRAY[%s]
        LOOP
          BEGIN
            PERFORM pg_catalog.set_config(setting[1], setting[2], false);
          EXCEPTION WHEN insufficient_privilege THEN
            NULL;
          END;
        END LOOP;
      END
      $decant$\
      """
          .formatted(SETTINGS);

  /** Finds the settings by which values can still get into the log. */
  private static final String LOUD =
      """
      SELECT coalesce(pg_catalog.string_agg(name, ', ' ORDER BY name), '') FROM pg_catalog.pg_settings
      WHERE name = 'log_min_messages' AND setting NOT IN ('log', 'fatal', 'panic')
        OR name = 'log_statement' AND setting <> 'none'
        OR name = 'log_min_duration_statement' AND setting <> '-1'\
      """;

  private QuietLog() {}

  /** The statement by which a superuser sets the quiet values for all sessions of a role. */
  static String forRole(String role) {
    return """
    DO $decant$
    DECLARE setting text[];
    BEGIN
      FOREACH setting SLICE 1 IN ARRAY ARRAY[%s]
      LOOP
        EXECUTE pg_catalog.format('ALTER ROLE %%I SET %%I = %%L', %s, setting[1], setting[2]);
      END LOOP;
    END
    $decant$\
    """
        .formatted(SETTINGS, Quoting.literal(role));
  }

  /** Warns if the sessions of a database may write values into the server's log. */
  static void warnWhereLoud(ScratchDatabase database, ServerAddress address) {
    try (Connection connection = database.connect()) {
      String settings = Queries.text(connection, LOUD, "asking what the server logs").orElse("");
      if (!settings.isEmpty()) {
        LOG.warn(
            "The scratch server {} may write values of rows that it rejects into its own log: the"
                + " role {} may not change {} there. Since PostgreSQL 15 an administrator can allow"
                + " it: GRANT SET ON PARAMETER {} TO {}",
            address.host(),
            address.user(),
            settings,
            settings,
            Quoting.identifier(address.user()));
      }
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "asking what the server logs");
    }
  }
}
