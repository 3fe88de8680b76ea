package dev.decant.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RawKeysTest {
  private static final Instant MODIFIED = Instant.parse("2026-04-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "a/db_1.sql.zst, true",
    "db.SQL.GZ, true",
    "db.dump, true",
    "db.tar.lz4, true",
    "db.sql.zst.md5, false",
    "db.zst, false",
    "sql, false",
    ".sql, false",
    "a.sql/, false",
  })
  void dumpsAreKnownByTheirSuffixes(String key, boolean dump) {
    assertThat(RawKeys.isDump(key)).isEqualTo(dump);
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
