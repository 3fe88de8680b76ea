package dev.decant.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.SnapshotName;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RawKeysTest {
  private static final Instant MODIFIED = Instant.parse("2026-04-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "snapshots/backend/production/db_1.sql.zst,   backend/production/db_1",
    "snapshots/backend/production/db_1.sql,       backend/production/db_1",
    "snapshots/backend/production/db_1.sql.gz,    backend/production/db_1",
    "snapshots/backend/production/DB.SQL.GZ,      backend/production/DB",
    "snapshots/backend/production/db.1,           backend/production/db.1",
    "snapshots/2026/backend/production/db_1.sql,  backend/production/db_1",
    "other/backend/production/db_1.sql,           backend/production/db_1",
    "backend/production/db_1.sql,                 backend/production/db_1",
    "snapshots//backend/production/db_1.sql,      backend/production/db_1",
  })
  void keyTellsServiceEnvironmentAndName(String key, String name) {
    assertThat(RawKeys.parse("snapshots/", key)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "snapshots/", "snapshots/db.sql", "snapshots/production/db.sql"})
  void shorterKeysAreToldWithWhatToGive(String key) {
    assertThatExceptionOfType(DecantException.class)
        .isThrownBy(() -> RawKeys.parse("snapshots/", key))
        .withMessageContaining("--service")
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE));
  }

  @Test
  void callerMayGiveWhatTheKeyDoesNotTell() {
    assertThat(RawKeys.parse("snapshots/", "snapshots/db.sql", "s", "e"))
        .isEqualTo(new SnapshotName("s", "e", "db"));
    assertThat(RawKeys.parse("snapshots/", "snapshots/production/db.sql", "s", null))
        .isEqualTo(new SnapshotName("s", "production", "db"));
    assertThat(RawKeys.parse("snapshots/", "snapshots/a/b/db.sql", null, "e"))
        .isEqualTo(new SnapshotName("a", "e", "db"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/b/..",
        "../b/db.sql",
        "a/../db.sql",
        "a/./db.sql",
        "a b/c/db.sql",
        "a/b/d b.sql",
        ".runs/b/db.sql",
        "a/b/.sql.zst",
        "a/b/däb.sql",
        "a/b/x\n.sql"
      })
  void charactersThatNamesMayNotHaveAreRefused(String key) {
    assertThatExceptionOfType(DecantException.class)
        .isThrownBy(() -> RawKeys.parse("snapshots/", key))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE));
  }

  @ParameterizedTest
  @CsvSource({
    "pgsql_app_db_20260323-060000,            2026-03-23T06:00:00Z",
    "db_20260323-060000_x,                    2026-03-23T06:00:00Z",
    "db_20200101-000000_20260323-060000,      2026-03-23T06:00:00Z",
    "db_20261323-060000,                      2026-04-01T00:00:00Z",
    "db_20260229-060000,                      2026-04-01T00:00:00Z",
    "db_20260323-0600000,                     2026-04-01T00:00:00Z",
    "db,                                      2026-04-01T00:00:00Z",
  })
  void timeIsThatOfTheNameElseOfTheLastChange(String name, Instant time) {
    assertThat(RawKeys.takenAt(name, Optional.of(MODIFIED))).hasValue(time);
  }

  @Test
  void timeMayBeUnknown() {
    assertThat(RawKeys.takenAt("db", Optional.empty())).isEmpty();
  }
}
