package dev.decant.hook;

import static dev.decant.hook.HookFixture.CONTEXT;
import static dev.decant.hook.HookFixture.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.decant.postgres.ServerAddress;
import dev.decant.postgres.ServerUrl;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HookContextTest {
  @Test
  void urlHasNoPassword() {
    assertThat(CONTEXT.databaseUrl())
        .isEqualTo(
            "postgresql://app@staging-db.internal:5433/app_next_20260301000000?sslmode=require");
  }

  @Test
  void urlOfOddNamesIsEncoded() {
    ServerAddress server = new ServerAddress("::1", 5432, "a@b c", "", "x", Map.of());
    assertThat(new HookContext("t", Phase.AFTER, "d/ü", "a@b c", server, "s").databaseUrl())
        .isEqualTo("postgresql://a%40b%20c@[::1]:5432/d%2F%C3%BC");
  }

  private static HookContext of(String url, String owner) {
    return new HookContext(
        "t", Phase.MIGRATE, "d", owner, ServerUrl.parse(url, Map.of("PGPASSWORD", "")), "s");
  }

  @Test
  void parametersOfTheUrlAreTold() {
    HookContext context =
        of(
            "postgresql://app@h/app?sslmode=verify-full&sslrootcert=/etc/a%20b.pem&sslcert=c.pem"
                + "&sslkey=k.pem&connect_timeout=7&application_name=x&options=-c%20jit=off",
            "app");
    assertThat(context.databaseUrl())
        .isEqualTo(
            "postgresql://app@h:5432/d?application_name=x&connect_timeout=7"
                + "&options=-c%20jit%3Doff&sslcert=c.pem&sslkey=k.pem&sslmode=verify-full"
                + "&sslrootcert=%2Fetc%2Fa%20b.pem");
    assertThat(context.variables())
        .contains(
            entry("PGSSLMODE", "verify-full"),
            entry("PGSSLROOTCERT", "/etc/a b.pem"),
            entry("PGSSLCERT", "c.pem"),
            entry("PGSSLKEY", "k.pem"),
            entry("PGCONNECT_TIMEOUT", "7"),
            entry("PGOPTIONS", "-c jit=off"));
  }

  @Test
  void sessionsOfAMemberAreTheOwners() {
    HookContext context = of("postgresql://deployer@h/app", "the \\ owner");
    assertThat(context.variables()).containsEntry("PGOPTIONS", "-c role=the\\ \\\\\\ owner");
    assertThat(context.databaseUrl())
        .isEqualTo("postgresql://deployer@h:5432/d?options=-c%20role%3Dthe%5C%20%5C%5C%5C%20owner");
    assertThat(context.payload()).containsEntry("owner", "the \\ owner");
    assertThat(context.headers()).containsEntry("Decant-Owner", "the%20%5C%20owner");
    assertThat(of("postgresql://deployer@h/app?options=-c%20jit=off", "app").variables())
        .containsEntry("PGOPTIONS", "-c jit=off -c role=app");
    assertThat(of("postgresql://app@h/app", "app").variables()).doesNotContainKey("PGOPTIONS");
  }

  @Test
  void onlyProgramsAreToldThePassword() {
    assertThat(CONTEXT.variables())
        .contains(
            entry("DECANT_TARGET", "staging"),
            entry("DECANT_PHASE", "migrate"),
            entry("DECANT_DATABASE", "app_next_20260301000000"),
            entry("DECANT_SNAPSHOT", "backend/production/app_20260301"),
            entry("PGHOST", "staging-db.internal"),
            entry("PGPORT", "5433"),
            entry("PGUSER", "app"),
            entry("PGDATABASE", "app_next_20260301000000"),
            entry("PGSSLMODE", "require"),
            entry("PGPASSWORD", PASSWORD));
    assertThat(CONTEXT + " " + CONTEXT.payload() + CONTEXT.headers() + CONTEXT.databaseUrl())
        .doesNotContain(PASSWORD);
  }
}
