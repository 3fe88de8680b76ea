package dev.decant.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class SettingsTest {
  @Test
  void optionCountsBeforeVariableBeforeDefault() {
    Settings none = new Settings(Map.of());
    Settings variable = new Settings(Map.of("DECANT_JOBS", " 3 "));

    assertThat(none.jobs()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(variable.jobs()).isEqualTo(3);
    assertThat(variable.with(Setting.JOBS, "5").jobs()).isEqualTo(5);
    assertThat(variable.with(Setting.JOBS, null).jobs()).isEqualTo(3);
  }

  @Test
  void emptyVariableIsNotSet() {
    Settings settings = new Settings(Map.of("DECANT_SCRATCH", "", "DECANT_JOBS", " "));

    assertThat(settings.scratch()).isEqualTo("embedded");
    assertThat(settings.value(Setting.JOBS)).isEmpty();
  }

  @Test
  void prefixesEndWithASlash() {
    Settings settings =
        new Settings(Map.of("DECANT_RAW_PREFIX", "/raw/dumps", "DECANT_SANITIZED_PREFIX", "out/"));

    assertThat(settings.rawPrefix()).isEqualTo("raw/dumps/");
    assertThat(settings.sanitizedPrefix()).isEqualTo("out/");
    assertThat(new Settings(Map.of()).rawPrefix()).isEqualTo("snapshots/");
    assertThat(new Settings(Map.of()).sanitizedPrefix()).isEqualTo("sanitized-snapshots/");
  }

  @Test
  void invalidValuesNameVariableAndWhatIsAllowedButNotTheValue() {
    invalid("DECANT_JOBS", "0", Settings::jobs, "a whole number from 1 to 256");
    invalid("DECANT_JOBS", "257", Settings::jobs, "a whole number from 1 to 256");
    invalid("DECANT_JOBS", "canary", Settings::jobs, "a whole number from 1 to 256");
    invalid(
        "DECANT_SCRATCH",
        "mysql://canary",
        Settings::scratch,
        "embedded or postgresql://user@host:port/db");
    invalid("DECANT_LOG", "canary", Settings::log, "error, warn, info or debug");
    invalid("DECANT_RAW_PREFIX", "s3://canary/x", Settings::rawPrefix, "a key prefix");
    invalid(
        "DECANT_SANITIZED_PREFIX",
        "snapshots/canary",
        Settings::sanitizedPrefix,
        "a prefix that is not below DECANT_RAW_PREFIX");
    invalid("DECANT_RAW_PREFIX", "/", Settings::rawPrefix, "a key prefix");
    invalid("DECANT_WORK", "canary\0", Settings::work, "a path of this system");
  }

  @Test
  void theMemoryOfTheLeakTraceIsNeverNothing() {
    assertThat(new Settings(Map.of()).traceMemory()).isEqualTo(64_000_000);
    assertThat(new Settings(Map.of("DECANT_TRACE_MEMORY", "8mb")).traceMemory())
        .isEqualTo(8_000_000);
    String form = "a size from 1MB to 1GB";
    invalid("DECANT_TRACE_MEMORY", "0", Settings::traceMemory, form);
    invalid("DECANT_TRACE_MEMORY", "999999", Settings::traceMemory, form);
    invalid("DECANT_TRACE_MEMORY", "2GB", Settings::traceMemory, form);
    invalid("DECANT_TRACE_MEMORY", "canary", Settings::traceMemory, form);
  }

  @Test
  void missingOnesAreToldWithTheirOption() {
    assertThatExceptionOfType(DecantException.class)
        .isThrownBy(() -> new Settings(Map.of()).required(Setting.POLICY))
        .withMessage(
            "The setting DECANT_POLICY is required. Give the option --policy, or set this"
                + " variable. docs/settings.md describes it.");
    assertThatExceptionOfType(DecantException.class)
        .isThrownBy(() -> new Settings(Map.of()).required(Setting.KEY))
        .withMessage(
            "The setting DECANT_KEY is required. Set this variable. docs/settings.md describes"
                + " it.");
  }

  @Test
  void parametersComeFromTheirPrefix() {
    Settings settings =
        new Settings(Map.of("DECANT_PARAM_A", "1", "DECANT_PARAM_", "2", "DECANT_JOBS", "3"));

    assertThat(settings.parameters()).containsExactly(Map.entry("A", "1"));
  }

  @Test
  void foldersHaveDefaults() {
    Settings settings = new Settings(Map.of("XDG_CACHE_HOME", "/c", "DECANT_WORK", "/w"));

    assertThat(settings.cache()).isEqualTo(Path.of("/c/decant"));
    assertThat(settings.work()).isEqualTo(Path.of("/w"));
    assertThat(settings.with(Setting.CACHE, "/d").cache()).isEqualTo(Path.of("/d"));
  }

  @Test
  void printsNoValue() {
    assertThat(new Settings(Map.of("DECANT_KEY", "canary")).toString()).isEqualTo("Settings");
  }

  private static void invalid(
      String variable, String value, Function<Settings, ?> get, String allowed) {
    Settings settings = new Settings(Map.of(variable, value));
    assertThatExceptionOfType(DecantException.class)
        .isThrownBy(() -> get.apply(settings))
        .withMessageStartingWith(variable)
        .withMessageContaining(allowed)
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SETTING_INVALID))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("canary"));
  }

  @Test
  void homeIsWhatTheEnvironmentSays() {
    assertThat(new Settings(Map.of("HOME", "/h")).cache()).isEqualTo(Path.of("/h/.cache/decant"));
    assertThat(new Settings(Map.of("HOME", "")).home())
        .isEqualTo(Path.of(System.getProperty("user.home")));
  }
}
