package dev.decant.hook;

import static dev.decant.hook.HookFixture.CONTEXT;
import static dev.decant.hook.HookFixture.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.decant.database.ServerAddress;
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
    assertThat(new HookContext("t", Phase.AFTER, "d/ü", server, "s").databaseUrl())
        .isEqualTo("postgresql://a%40b%20c@[::1]:5432/d%2F%C3%BC");
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
