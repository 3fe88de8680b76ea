package dev.decant.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.setting.Setting;
import dev.decant.setting.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SourceNameTest {
  private static final Settings NONE = new Settings(Map.of());
  private static final String KEY = "s3://raw/snapshots/backend/production/app_20260101.sql.zst";

  @Test
  void anObjectsKeyTellsAllThree() {
    assertThat(SourceName.of(KEY, "app_20260101.sql.zst", NONE, null))
        .hasToString("backend/production/app_20260101");
  }

  @Test
  void optionsCountBeforeTheKey() {
    Settings settings =
        NONE.with(Setting.SERVICE, "other").with(Setting.ENVIRONMENT, "preproduction");

    assertThat(SourceName.of(KEY, "app_20260101.sql.zst", settings, "mine"))
        .hasToString("other/preproduction/mine");
  }

  @Test
  void aFileIsLocal() {
    assertThat(SourceName.of("/backups/app.sql.gz", "app.sql.gz", NONE, null))
        .hasToString("local/local/app");
  }

  @Test
  void theEnvironmentTellsAFilesServiceAndEnvironment() {
    Settings settings =
        new Settings(Map.of("DECANT_SERVICE", "shop", "DECANT_ENVIRONMENT", "production"));

    assertThat(SourceName.of("app.sql", "app.sql", settings, null))
        .hasToString("shop/production/app");
  }

  @Test
  void standardInputNeedsAName() {
    assertThatThrownBy(() -> SourceName.of("-", "stdin", NONE, null))
        .isInstanceOf(DecantException.class)
        .hasMessageContaining("--name");
    assertThat(SourceName.of("-", "stdin", NONE, "app")).hasToString("local/local/app");
  }

  @Test
  void aFileWhoseNameIsNoNameIsAUsageError() {
    assertThatThrownBy(() -> SourceName.of("a b.sql", "a b.sql", NONE, null))
        .isInstanceOf(DecantException.class)
        .hasMessageContaining("'a b'");
  }
}
