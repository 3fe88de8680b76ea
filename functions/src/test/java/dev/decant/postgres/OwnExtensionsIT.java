package dev.decant.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class OwnExtensionsIT {
  /** earthdistance needs cube, so it cannot be created. */
  @Test
  void theSuperuserCreatesWhatTheServerHasAndLeavesOutTheRest() throws SQLException {
    Map<String, String> optional = new LinkedHashMap<>();
    optional.put("nowhere", "public");
    optional.put("earthdistance", "geo");
    optional.put("pg_stat_statements", "public");
    optional.put("dblink", "public");
    try (PlainDatabase database = PlainDatabase.on(PostgresVersion.V17)) {
      database.asSuperuser("ALTER ROLE " + database.name() + " SUPERUSER");
      try (Connection superuser = database.connect()) {
        OwnExtensions.createAvailable(superuser, optional, database.name());
      } finally {
        database.asSuperuser("ALTER ROLE " + database.name() + " NOSUPERUSER");
      }
      try (Connection plain = database.connect();
          Statement statement = plain.createStatement()) {
        assertThat(
                Queries.text(
                    statement,
                    "SELECT string_agg(extname, ' ' ORDER BY extname) FROM pg_extension"))
            .isEqualTo("dblink pg_stat_statements plpgsql");
        assertThat(
                Queries.text(statement, "SELECT count(*) FROM pg_namespace WHERE nspname = 'geo'"))
            .isEqualTo("0");
        statement.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements WITH SCHEMA public");
        assertThat(
                Queries.text(
                    statement,
                    "SELECT bool_or(a.grantee = 0) FROM pg_proc, aclexplode(proacl) a"
                        + " WHERE proname = 'dblink_connect'"))
            .as("PUBLIC may call a function that reaches other servers")
            .isEqualTo("f");
      }
    }
  }
}
