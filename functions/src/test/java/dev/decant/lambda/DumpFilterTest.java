package dev.decant.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DumpFilterTest {
  private final DumpFilter filter = new DumpFilter("snapshots/", "s3://one/sanitized-snapshots");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.sql",
        "b/production/a.sql.zst",
        "a.sql.gz",
        "a.dump",
        "A.SQL.ZST",
        "a.dump.zst",
        "a.tar",
        "a.sql.lz4"
      })
  void dumpsUnderTheRawPrefixAreTaken(String name) {
    assertThat(filter.skipped(dump("raw", "snapshots/" + name))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "snapshots/a.sql.zst.md5, not named as a dump",
    "snapshots/a.manifest.json, not named as a dump",
    "snapshots/, not named as a dump",
    "other/a.sql, not under the raw prefix snapshots/",
    "snapshots2/a.sql, not under the raw prefix snapshots/"
  })
  void otherObjectsAreSkippedWithTheReason(String key, String reason) {
    assertThat(filter.skipped(dump("raw", key)).orElseThrow()).contains(reason);
  }

  @Test
  void emptyRawPrefixMeansTheWholeBucket() {
    assertThat(new DumpFilter("", "s3://one/s").skipped(dump("raw", "a.sql"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"backend/production/a.sql.zst", "a.sql.zst.md5", ""})
  void whateverLiesInTheStoreIsRefused(String name) {
    assertThatThrownBy(() -> filter.skipped(dump("one", "sanitized-snapshots/" + name)))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REFUSED));
  }

  @Test
  void storeThatIsAWholeBucketRefusesAllOfIt() {
    DumpFilter whole = new DumpFilter("snapshots", "s3://one");
    assertThatThrownBy(() -> whole.skipped(dump("one", "snapshots/a.sql")))
        .isInstanceOf(DecantException.class);
  }

  @Test
  void samePrefixInAnotherBucketIsNotTheStore() {
    assertThat(filter.skipped(dump("two", "sanitized-snapshots/a.sql")))
        .hasValueSatisfying(reason -> assertThat(reason).contains("raw prefix"));
  }

  private static RawDump dump(String bucket, String key) {
    return new RawDump(bucket, key);
  }
}
