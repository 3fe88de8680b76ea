package dev.decant.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.ShopSnapshot;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The new database gets the locale, the settings and the connection limit of the old one. */
final class CarryOverIT {
  private static final MemorySnapshotStore STORE = new MemorySnapshotStore();

  @BeforeAll
  static void publish() {
    ShopSnapshot.publish(STORE, List.of());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "V1[5-8]")
  void aLocaleOfIcu(PostgresVersion version) throws SQLException {
    try (Staging staging = Staging.on(version)) {
      staging.asSuperuser("DROP DATABASE " + staging.name());
      staging.asSuperuser(
          "CREATE DATABASE "
              + staging.name()
              + " OWNER "
              + staging.name()
              + " TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'de'"
              + " LC_COLLATE 'C' LC_CTYPE 'C'");
      new Asked(staging, STORE).refresh();
      assertThat(
              staging.ask(
                  "SELECT datlocprovider FROM pg_database WHERE datname = current_database()"))
          .contains("i");
      assertThat(
              staging.ask(
                  "SELECT coalesce(to_jsonb(d) ->> 'daticulocale', to_jsonb(d) ->> 'datlocale')"
                      + " FROM pg_database d WHERE datname = current_database()"))
          .contains("de");
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "V1[38]")
  void settingsThatAreListsAndThoseThatStandInTheWay(PostgresVersion version) throws SQLException {
    try (Staging staging = Staging.on(version)) {
      staging.asSuperuser(
          "ALTER DATABASE "
              + staging.name()
              + " SET search_path = \"$user\", \"Odd, \"\"one\", public");
      staging.asSuperuser("ALTER DATABASE " + staging.name() + " SET temp_tablespaces = ''");
      staging.asSuperuser(
          "ALTER DATABASE " + staging.name() + " SET default_transaction_read_only = on");
      String settings =
          "SELECT array_agg(s ORDER BY s)::text FROM pg_db_role_setting r JOIN pg_database d"
              + " ON d.oid = r.setdatabase CROSS JOIN LATERAL unnest(setconfig) s"
              + " WHERE datname = current_database()";
      String before = staging.ask(settings).orElseThrow();
      new Asked(staging, STORE).refresh();
      assertThat(staging.ask(settings)).contains(before);
    }
  }

  @Test
  void anEmptySearchPath() throws SQLException {
    try (Staging staging = Staging.on(PostgresVersion.V14)) {
      staging.asSuperuser("ALTER DATABASE " + staging.name() + " SET search_path = ''");
      new Asked(staging, STORE).refresh();
      assertThat(staging.ask("SHOW search_path")).contains("\"\"");
    }
  }

  @Test
  void theTargetsSqlSeesTheSearchPathOfTheApplication() throws SQLException {
    try (Staging staging = Staging.on(PostgresVersion.V18)) {
      staging.asSuperuser("ALTER DATABASE " + staging.name() + " SET search_path = shop, public");
      new Asked(staging, STORE)
          .more("sql: [ \"create table public.seen as select current_setting('search_path') p\" ]")
          .refresh();
      assertThat(staging.ask("SELECT p FROM public.seen")).contains("shop, public");
    }
  }

  @Test
  void aLimitOfConnectionsDoesNotLimitTheLoad() throws SQLException {
    try (Staging staging = Staging.on(PostgresVersion.V18)) {
      staging.asSuperuser("ALTER DATABASE " + staging.name() + " CONNECTION LIMIT 1");
      new Asked(staging, STORE).refresh();
      assertThat(
              staging.ask(
                  "SELECT datconnlimit FROM pg_database WHERE datname = current_database()"))
          .contains("1");
    }
  }

  @Test
  void theValueOfASettingThatIsNotCarriedOverIsNotTold() throws SQLException {
    try (Staging staging = Staging.on(PostgresVersion.V18)) {
      String role = staging.name() + "_other";
      staging.asSuperuser("CREATE ROLE " + role);
      try {
        staging.asSuperuser(
            "ALTER ROLE "
                + role
                + " IN DATABASE "
                + staging.name()
                + " SET \"app.jwt_secret\" = 'hunter2'");
        RefreshResult result = new Asked(staging, STORE).refresh();
        assertThat(result.activity().warnings())
            .anySatisfy(
                warning ->
                    assertThat(warning).contains("may not copy", "app.jwt_secret of role " + role))
            .noneSatisfy(warning -> assertThat(warning).contains("hunter2"));
      } finally {
        staging.asSuperuser("DROP OWNED BY " + role + "; DROP ROLE " + role);
      }
    }
  }
}
