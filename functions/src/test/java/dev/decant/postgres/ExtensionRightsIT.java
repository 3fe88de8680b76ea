package dev.decant.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExtensionRightsIT {
  private static final List<String> NEEDED =
      List.of("pg_stat_statements", "citext", "nowhere", "dblink");

  private static ExtensionRights rights(PlainDatabase database) throws SQLException {
    try (Connection connection = database.connect()) {
      return ExtensionRights.of(connection);
    }
  }

  @Test
  void aPlainRoleMayCreateTrustedOnes() throws SQLException {
    try (PlainDatabase database = PlainDatabase.on(PostgresVersion.V16)) {
      ExtensionRights rights = rights(database);
      assertThat(rights.missing(NEEDED)).containsExactly("nowhere");
      assertThat(rights.forbidden(NEEDED)).containsExactly("dblink", "pg_stat_statements");
    }
  }

  @Test
  void theAdministratorOfAManagedServerMayCreateAll() throws SQLException {
    try (PlainDatabase database = PlainDatabase.on(PostgresVersion.V16)) {
      database.asSuperuser("CREATE ROLE rds_superuser");
      try {
        database.asSuperuser("GRANT rds_superuser TO " + database.name());
        assertThat(rights(database).forbidden(NEEDED)).isEmpty();
      } finally {
        database.asSuperuser("DROP ROLE rds_superuser");
      }
    }
  }
}
