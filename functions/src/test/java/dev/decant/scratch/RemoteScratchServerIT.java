package dev.decant.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.decant.error.DecantException;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.StockServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

final class RemoteScratchServerIT {
  private static final ScratchOptions OPTIONS = ScratchOptions.of(Map.of());

  private static PlainDatabase creator(PostgresVersion version) throws SQLException {
    PlainDatabase plain = PlainDatabase.on(version);
    plain.asSuperuser("ALTER ROLE " + plain.name() + " CREATEDB");
    return plain;
  }

  private static String ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    }
  }

  private static String ask(PlainDatabase plain, String sql) throws SQLException {
    try (Connection connection = plain.connect()) {
      return ask(connection, sql);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "V1[5-8]")
  void databasesComeAndGo(PostgresVersion version) throws SQLException {
    try (PlainDatabase plain = creator(version)) {
      try (ScratchServer server = ScratchServers.open(plain.url(), OPTIONS)) {
        assertThat(server.description()).matches("server 127.0.0.1 " + version.major() + "\\.\\d+");
        assertThat(server.version() / 10000).isEqualTo(version.major());
        assertThat(server.freeBytes()).isEqualTo(-1);
        assertThat(server.extensions()).contains("citext").doesNotContain("dblink");
        ScratchDatabase database = server.create("Main run");
        assertThat(database.name()).matches("decant_scratch_main_run_[0-9a-f]{8}_\\d{14}");
        try (Connection connection = database.connect();
            Statement statement = connection.createStatement()) {
          statement.execute("CREATE UNLOGGED TABLE t AS SELECT 7 AS n");
          assertThat(ask(connection, "SHOW synchronous_commit")).isEqualTo("off");
          assertThat(ask(connection, "SHOW server_encoding")).isEqualTo("UTF8");
        }
        try (ScratchDatabase copy = server.copy(database, "copy");
            Connection connection = copy.connect()) {
          assertThat(ask(connection, "SELECT n FROM t")).isEqualTo("7");
        }
        assertThat(ask(plain, scratchCount(plain))).isEqualTo("1");
      }
      assertThat(ask(plain, scratchCount(plain))).isEqualTo("0");
    }
  }

  @ParameterizedTest
  @CsvSource({"CREATEDB, t", "SUPERUSER, f"})
  void aSocketServes(String right, String bySocket) throws SQLException, IOException {
    String account = System.getProperty("user.name");
    try (StockServer debian = StockServer.withPeers()) {
      try (Connection admin = debian.admin();
          Statement statement = admin.createStatement()) {
        statement.execute("CREATE ROLE \"" + account + "\" LOGIN " + right);
      }
      String url =
          "postgresql://%s@/postgres?host=%s&port=%d"
              .formatted(account, debian.socketFolder(), debian.port());
      try (ScratchServer server = ScratchServers.open(url, OPTIONS);
          ScratchDatabase database = server.create("run");
          Connection connection = database.connect()) {
        assertThat(ask(connection, "SELECT inet_server_addr() IS NULL")).isEqualTo(bySocket);
        assertThat(ask(connection, "SHOW is_superuser")).isEqualTo("off");
      }
      assertThat(ScratchServers.sweepServer(url)).isZero();
    }
  }

  private static String scratchCount(PlainDatabase plain) {
    return "SELECT count(*) FROM pg_database WHERE datname LIKE 'decant%' AND datdba = '"
        + plain.name()
        + "'::regrole";
  }

  @Test
  void roleWithoutTheRightIsToldWhatToGrant() throws SQLException {
    try (PlainDatabase plain = PlainDatabase.on(PostgresVersion.V15)) {
      assertThatThrownBy(() -> ScratchServers.open(plain.url(), OPTIONS))
          .isInstanceOf(DecantException.class)
          .hasMessage(
              "The role %s of the scratch server 127.0.0.1 may not create databases. Let an"
                  + " administrator run there: ALTER ROLE \"%s\" CREATEDB.",
              plain.name(), plain.name());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"V14", "V18"})
  void superuserMakesAPlainRoleForTheRun(PostgresVersion version) throws SQLException {
    try (PlainDatabase superuser = PlainDatabase.on(version)) {
      superuser.asSuperuser("ALTER ROLE " + superuser.name() + " SUPERUSER");
      try (ScratchServer server = ScratchServers.open(superuser.url(), OPTIONS);
          ScratchDatabase database = server.create("plain", Map.of("bloom", "ext"));
          Connection connection = database.connect();
          Statement statement = connection.createStatement()) {
        assertThat(ask(connection, "SELECT current_user"))
            .matches("decant_scratch_role_[0-9a-f]{8}_\\d{14}");
        statement.execute("CREATE TABLE public.t (a int)");
        assertThatThrownBy(() -> statement.execute("COPY (SELECT 1) TO PROGRAM 'true'"))
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
        assertThat(ask(connection, "SHOW log_min_messages")).isEqualTo("fatal");
        assertThat(ask(connection, "SHOW log_parameter_max_length")).isEqualTo("0");
      }
      assertThat(ask(superuser, ROLES)).isEqualTo("0");
    }
  }

  private static final String ROLES =
      "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'decant\\_scratch\\_role%'";

  @Test
  void rolesOfDeadRunsAreSwept() throws SQLException {
    try (PlainDatabase superuser = PlainDatabase.on(PostgresVersion.V17)) {
      superuser.asSuperuser("ALTER ROLE " + superuser.name() + " SUPERUSER");
      superuser.asSuperuser("CREATE ROLE decant_scratch_role_00000001_20260101000000");
      superuser.asSuperuser(
          "GRANT SET ON PARAMETER session_replication_role"
              + " TO decant_scratch_role_00000001_20260101000000");
      superuser.asSuperuser("CREATE ROLE decant_scratch_role_00000002_29990101000000");
      superuser.asSuperuser("CREATE ROLE decant_scratch_role_mine");

      ScratchServers.sweepServer(superuser.url());

      assertThat(ask(superuser, ROLES)).isEqualTo("2");
      superuser.asSuperuser("DROP ROLE decant_scratch_role_00000002_29990101000000");
      superuser.asSuperuser("DROP ROLE decant_scratch_role_mine");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pg_execute_server_program", "pg_read_server_files"})
  void roleThatReachesOutOfItsDatabasesIsRefused(String right) throws SQLException {
    try (PlainDatabase plain = creator(PostgresVersion.V18)) {
      plain.asSuperuser("GRANT " + right + " TO " + plain.name());
      assertThatThrownBy(() -> ScratchServers.open(plain.url(), OPTIONS))
          .isInstanceOf(DecantException.class)
          .hasMessageContaining("may run programs or read files there")
          .hasMessageContaining(right);
    }
  }

  @Test
  void whetherTheServersLogCanHoldValuesIsTold() throws SQLException {
    List<String> told = new ArrayList<>();
    AppenderBase<ILoggingEvent> appender =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            told.add(event.getFormattedMessage());
          }
        };
    Logger log = (Logger) LoggerFactory.getLogger(QuietLog.class);
    appender.setContext(log.getLoggerContext());
    appender.start();
    log.addAppender(appender);
    try (PlainDatabase plain = creator(PostgresVersion.V18)) {
      // Embedded servers already log no values.
      plain.asSuperuser("ALTER ROLE " + plain.name() + " SET log_min_messages = 'warning'");
      try (ScratchServer server = ScratchServers.open(plain.url(), OPTIONS);
          ScratchDatabase one = server.create("one");
          ScratchDatabase two = server.create("two")) {
        assertThat(one.name()).isNotEqualTo(two.name());
      }
      assertThat(told)
          .singleElement()
          .asString()
          .contains("GRANT SET ON PARAMETER log_min_messages TO \"" + plain.name() + "\"");

      told.clear();
      plain.asSuperuser(
          "GRANT SET ON PARAMETER log_min_messages, log_statement TO " + plain.name());
      try (ScratchServer server = ScratchServers.open(plain.url(), OPTIONS);
          ScratchDatabase one = server.create("one");
          Connection connection = one.connect()) {
        assertThat(ask(connection, "SHOW log_min_messages")).isEqualTo("fatal");
      }
      assertThat(told).isEmpty();
      plain.asSuperuser(
          "REVOKE SET ON PARAMETER log_min_messages, log_statement FROM " + plain.name());
    } finally {
      log.detachAppender(appender);
    }
  }

  @Test
  void wrongPasswordIsToldWithoutIt() throws SQLException {
    try (PlainDatabase plain = PlainDatabase.on(PostgresVersion.V15)) {
      String url = plain.url().replace(":plain@", ":s3cret@");
      assertThatThrownBy(() -> ScratchServers.open(url, OPTIONS))
          .isInstanceOf(DecantException.class)
          .hasMessageContaining("password authentication failed")
          .hasMessageNotContaining("s3cret");
    }
  }

  @Test
  void onlyDatabasesOfDeadRunsAreSwept() throws SQLException {
    try (PlainDatabase plain = creator(PostgresVersion.V16);
        ScratchServer living = ScratchServers.open(plain.url(), OPTIONS);
        ScratchDatabase alive = living.create("alive")) {
      make(
          plain,
          "decant_scratch_x_00000001_20260101000000",
          "decant lease until 2026-01-01T00:10:00Z");
      make(
          plain,
          "decant_scratch_x_00000002_20260101000000",
          "decant lease until 2999-01-01T00:10:00Z");
      make(plain, "decant_scratch_x_00000003_20260101000000", "do not touch");
      make(plain, "decant_scratch_x_00000004_20260101000000", null);
      make(plain, "decant_scratch_x_00000005_29990101000000", null);
      make(plain, "decant_scratch_mine", "decant lease until 2026-01-01T00:10:00Z");
      assertThat(ScratchServers.sweepServer(plain.url())).isEqualTo(2);
      assertThat(
              ask(
                  plain,
                  "SELECT string_agg(datname, ' ' ORDER BY datname) FROM pg_database"
                      + " WHERE datname LIKE 'decant_scratch_%'"))
          .isEqualTo(
              alive.name()
                  + " decant_scratch_mine decant_scratch_x_00000002_20260101000000"
                  + " decant_scratch_x_00000003_20260101000000"
                  + " decant_scratch_x_00000005_29990101000000");
      for (String name :
          new String[] {
            "mine",
            "x_00000002_20260101000000",
            "x_00000003_20260101000000",
            "x_00000005_29990101000000"
          }) {
        plain.asSuperuser("DROP DATABASE decant_scratch_" + name);
      }
    }
  }

  private static void make(PlainDatabase plain, String name, @Nullable String comment)
      throws SQLException {
    plain.asSuperuser("CREATE DATABASE " + name + " OWNER " + plain.name());
    if (comment != null) {
      plain.asSuperuser("COMMENT ON DATABASE " + name + " IS '" + comment + "'");
    }
  }

  @Test
  void openDatabaseCarriesALease() throws SQLException {
    try (PlainDatabase plain = creator(PostgresVersion.V17);
        ScratchServer server = ScratchServers.open(plain.url(), OPTIONS);
        ScratchDatabase database = server.create("leased")) {
      assertThat(
              ask(
                  plain,
                  "SELECT substr(shobj_description(oid, 'pg_database'), 20)::timestamptz"
                      + " BETWEEN now() + '9 min' AND now() + '10 min'"
                      + " FROM pg_database WHERE datname = '"
                      + database.name()
                      + "'"))
          .isEqualTo("t");
    }
  }
}
