package dev.decant.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.setting.Setting;
import dev.decant.setting.Settings;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SourceNameTest {
  private static final Optional<Instant> MODIFIED =
      Optional.of(Instant.parse("2026-03-23T06:04:12Z"));
  private static final Settings NONE = new Settings(Map.of());
  private static final String KEY =
      "s3://raw/snapshots/backend/production/app_20260101-060000.sql.zst";

  @Test
  void anObjectsKeyTellsAllThree() {
    assertThat(SourceName.of(KEY, "app_20260101-060000.sql.zst", MODIFIED, NONE, null))
        .hasToString("backend/production/app_20260101-060000");
  }

  /** As the function on AWS does. A file of this machine keeps its name. */
  @Test
  void objectWithoutATimeInItsKeyGetsThatOfItsLastChange() {
    String key = "s3://raw/snapshots/backend/production/nightly backup.sql.zst";
    assertThat(SourceName.of(key, "nightly backup.sql.zst", MODIFIED, NONE, null))
        .hasToString("backend/production/nightly-backup-02bd51e4_20260323-060412");
  }

  @Test
  void optionsCountBeforeTheKey() {
    Settings settings =
        NONE.with(Setting.SERVICE, "other").with(Setting.ENVIRONMENT, "preproduction");

    assertThat(SourceName.of(KEY, "app_20260101-060000.sql.zst", MODIFIED, settings, "mine"))
        .hasToString("other/preproduction/mine");
  }

  @Test
  void aFileIsLocal() {
    assertThat(SourceName.of("/backups/app.sql.gz", "app.sql.gz", MODIFIED, NONE, null))
        .hasToString("local/local/app");
  }

  @Test
  void theEnvironmentTellsAFilesServiceAndEnvironment() {
    Settings settings =
        new Settings(Map.of("DECANT_SERVICE", "shop", "DECANT_ENVIRONMENT", "production"));

    assertThat(SourceName.of("app.sql", "app.sql", MODIFIED, settings, null))
        .hasToString("shop/production/app");
  }

  @Test
  void standardInputNeedsAName() {
    assertThatThrownBy(() -> SourceName.of("-", "stdin", MODIFIED, NONE, null))
        .isInstanceOf(DecantException.class)
        .hasMessageContaining("--name");
    assertThat(SourceName.of("-", "stdin", MODIFIED, NONE, "app")).hasToString("local/local/app");
  }

  @Test
  void aFileWhoseNameIsNoNameIsAUsageError() {
    assertThatThrownBy(() -> SourceName.of("a b.sql", "a b.sql", MODIFIED, NONE, null))
        .isInstanceOf(DecantException.class)
        .hasMessageContaining("'a b'");
  }
}
