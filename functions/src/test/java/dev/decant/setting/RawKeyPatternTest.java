package dev.decant.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.SnapshotName;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RawKeyPatternTest {
  private static final Instant MODIFIED = Instant.parse("2026-03-23T06:04:12Z");
  private static final String T = "_20260323-060000";

  private static Settings settings(@Nullable String pattern, String... more) {
    Map<String, String> environment = new HashMap<>();
    if (pattern != null) {
      environment.put("DECANT_RAW_KEY_PATTERN", pattern);
    }
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return new Settings(environment);
  }

  private static SnapshotName name(Settings settings, String key) {
    return RawKeyPattern.of(settings).read(key).at(Optional.of(MODIFIED));
  }

  private static void assertUnfit(Settings settings, String key) {
    assertThatExceptionOfType(DecantException.class)
        .isThrownBy(() -> name(settings, key))
        .withMessageContaining("DECANT_RAW_KEY_PATTERN")
        .withMessageContaining("--service")
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE));
  }

  @ParameterizedTest
  @ValueSource(strings = {".sql.zst", ".sql", ".sql.gz", ".SQL.ZST", ".dump", ".tar", "/", ""})
  void keyNamesServiceEnvironmentAndName(String suffix) {
    assertThat(name(settings(null), "snapshots/backend/production/db" + T + suffix))
        .hasToString("backend/production/db" + T);
  }

  /** Such a key was published as service 2026 and environment 03. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "snapshots/",
        "snapshots/db.sql",
        "snapshots/production/db.sql",
        "snapshots/shop/production/2026/03/x.sql.zst",
        "snapshots/2026/backend/production/db_1.sql",
        "snapshots//backend/production/db_1.sql",
        "snapshots/backend//db_1.sql",
        "snapshots/backend/production//db_1.sql",
        "other/backend/production/db_1.sql",
        "backend/production/db_1.sql",
      })
  void keyThatDoesNotFitIsAnError(String key) {
    assertUnfit(settings(null), key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "snapshots/{service}/{environment}/{year}/{month}/{name}"
            + "|snapshots/shop/production/2026/03/x_20260323-060000.sql.zst",
        "snapshots/*/{environment}/*/{service}/{name}"
            + "|snapshots/eu/production/2026/shop/x_20260323-060000.sql.zst",
        "{environment}/daily-*/{service}-db/{name}"
            + "|production/daily-2026/shop-db/x_20260323-060000.sql.zst",
        "(raw)/{service}/{environment}/pg_{name}.backup"
            + "|(raw)/shop/production/pg_x_20260323-060000.backup",
      })
  void otherFoldersFitAnotherPattern(String pattern, String key) {
    assertThat(name(settings(pattern), key)).hasToString("shop/production/x" + T);
    assertUnfit(settings(pattern), key + "/more");
    assertUnfit(settings(pattern), "more/" + key);
  }

  @Test
  void settingsGiveWhatThePatternDoesNotName() {
    Settings one = settings("dumps/{environment}/{name}", "DECANT_SERVICE", "shop");
    assertThat(name(one, "dumps/production/x" + T + ".sql")).hasToString("shop/production/x" + T);
    assertUnfit(settings("dumps/{environment}/{name}"), "dumps/production/x.sql");
    assertUnfit(one, "dumps/a/production/x.sql");

    Settings both = settings(null, "DECANT_SERVICE", "s", "DECANT_ENVIRONMENT", "e");
    assertThat(name(both, "db" + T + ".sql")).hasToString("s/e/db" + T);
    assertThat(name(both, "snapshots/a/b/db" + T + ".sql")).hasToString("s/e/db" + T);
    assertThat(name(settings(null, "DECANT_ENVIRONMENT", "e"), "snapshots/a/b/db" + T + ".sql"))
        .hasToString("a/e/db" + T);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{service}/{environment}",
        "{service}/{environment}/x",
        "{name}/{service}/{environment}",
        "{service}-{environment}/{name}",
        "{service}/{service}/{name}",
        "{service}/**/{name}",
        "{service}//{environment}/{name}",
        "/{service}/{environment}/{name}",
        "{service}/{environment}/{name}/",
        "{Service}/{environment}/{name}",
        "{service/{environment}/{name}",
      })
  void wrongPatternIsRefused(String pattern) {
    assertThatExceptionOfType(DecantException.class)
        .isThrownBy(() -> RawKeyPattern.of(settings(pattern)))
        .withMessageStartingWith("DECANT_RAW_KEY_PATTERN must be a pattern such as snapshots/")
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SETTING_INVALID));
  }

  @Test
  void prefixIsThatOfThePattern() {
    assertThat(settings("a/b/{service}-x/{environment}/{name}").rawPrefix()).isEqualTo("a/b/");
    assertThat(settings("a/b-*/{service}/{environment}/{name}").rawPrefix()).isEqualTo("a/");
    assertThat(settings("{service}/{environment}/{name}").rawPrefix()).isEmpty();
    assertThat(settings("{service}/{environment}/{name}").sanitizedPrefix())
        .isEqualTo("sanitized-snapshots/");
    Settings both = settings("a/b/{service}/{environment}/{name}", "DECANT_RAW_PREFIX", "a");
    assertThat(both.rawPrefix()).isEqualTo("a/");
    assertThat(RawKeyPattern.of(both).read("a/b/c/d/e").service()).isEqualTo("c");
    assertThatExceptionOfType(DecantException.class)
        .isThrownBy(
            () ->
                RawKeyPattern.of(
                    settings("b/{service}/{environment}/{name}", "DECANT_RAW_PREFIX", "a")))
        .withMessageContaining("begins with the prefix in DECANT_RAW_PREFIX");
  }

  @ParameterizedTest
  @CsvSource({
    "sh op,            sh-op-",
    "Käse,             Kase-",
    "straße,           strasse-",
    "a+b:c=d%41,       a-b-c-d-41-",
    "日本,              --",
    "db_20260323-060000 (1), db_20260323-060000-1--",
  })
  void otherCharactersAreReplaced(String text, String safe) {
    SnapshotName name =
        name(settings(null), "snapshots/" + text + "/" + text + "/" + text + ".sql");
    assertThat(name.service()).startsWith(safe);
    assertThat(name.service()).matches("[A-Za-z0-9._-]+-[0-9a-f]{8}").isEqualTo(name.environment());
    assertThat(name.name()).startsWith(name.service());
  }

  @Test
  void differentKeysHaveDifferentNames() {
    assertThat(name(settings(null), "snapshots/a b/e/x" + T + ".sql"))
        .isNotEqualTo(name(settings(null), "snapshots/a+b/e/x" + T + ".sql"));
    assertThat(name(settings(null), "snapshots/a/e/ü" + T + ".sql").time()).isPresent();
  }

  /** A backup job that overwrites the same key each night. */
  @Test
  void keyWithoutATimeGetsThatOfItsLastChange() {
    RawKey key = RawKeyPattern.of(settings(null)).read("snapshots/shop/production/latest.sql.zst");
    assertThat(key.at(Optional.of(MODIFIED)))
        .hasToString("shop/production/latest_20260323-060412")
        .satisfies(name -> assertThat(name.time()).hasValue(MODIFIED));
    assertThat(key.at(Optional.of(MODIFIED.plusSeconds(86_400))))
        .hasToString("shop/production/latest_20260324-060412");
    assertThat(key.at(Optional.empty())).hasToString("shop/production/latest");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/b/..",
        "../b/db.sql",
        "a/../db.sql",
        "a/./db.sql",
        ".runs/b/db.sql",
        "a/b/.sql.zst",
        "a/b/x\n.sql",
        "a/\u0000/x.sql"
      })
  void namesThatNoStoreMayHaveAreRefused(String key) {
    assertThatExceptionOfType(DecantException.class)
        .isThrownBy(() -> name(settings(null), "snapshots/" + key))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE));
  }
}
