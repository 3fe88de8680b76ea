package dev.decant.setting;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.ServerUrl;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one call. Options of the command line take precedence over environment variables,
 * these over fallbacks, and these over defaults. A variable that is set to an empty value counts as
 * not set. The class is immutable, and {@link #toString()} shows no value.
 */
public final class Settings {
  private static final int MOST_JOBS = 256;
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(MB|GB)?");
  private static final Pattern POSITIVE = Pattern.compile("[1-9]\\d{0,5}");
  private static final Set<String> LEVELS = Set.of("error", "warn", "info", "debug");

  private final Map<String, String> environment;
  private final Map<Setting, String> options;
  private final Map<Setting, String> fallbacks;

  /** The settings of an environment, for example {@link System#getenv()}. */
  public Settings(Map<String, String> environment) {
    this(Map.copyOf(environment), Map.of(), Map.of());
  }

  private Settings(
      Map<String, String> environment,
      Map<Setting, String> options,
      Map<Setting, String> fallbacks) {
    this.environment = environment;
    this.options = options;
    this.fallbacks = fallbacks;
  }

  /** A copy with an option of the command line. If the value is null, nothing is changed. */
  public Settings with(Setting setting, @Nullable String value) {
    if (value == null) {
      return this;
    }
    Map<Setting, String> more = new EnumMap<>(Setting.class);
    more.putAll(options);
    more.put(setting, value);
    return new Settings(environment, more, fallbacks);
  }

  /** A copy with values for settings that have neither an option nor a variable. */
  public Settings withFallbacks(Map<Setting, String> values) {
    return new Settings(environment, options, Map.copyOf(values));
  }

  /** The value of a setting; empty if the default applies. */
  public Optional<String> value(Setting setting) {
    String option = options.get(setting);
    return option != null
        ? Optional.of(option)
        : Optional.ofNullable(environment.get(setting.variable()))
            .filter(v -> !v.isBlank())
            .or(() -> Optional.ofNullable(fallbacks.get(setting)));
  }

  /** The fallback of a setting; empty if an option or a variable is set. */
  public Optional<String> fallback(Setting setting) {
    return withFallbacks(Map.of()).value(setting).isPresent()
        ? Optional.empty()
        : Optional.ofNullable(fallbacks.get(setting));
  }

  /**
   * The value of a setting that the call requires.
   *
   * @throws DecantException {@link ErrorCode#USAGE} if it is not set
   */
  public String required(Setting setting) {
    return value(setting)
        .orElseThrow(
            () ->
                new DecantException(
                    ErrorCode.USAGE,
                    "The setting "
                        + setting.variable()
                        + " is required. "
                        + (setting.option() == null
                            ? "Set this variable"
                            : "Give the option "
                                + setting.option().replace(", ", " or ")
                                + ", or set this variable")
                        + ". docs/settings.md describes it."));
  }

  /**
   * The prefix of raw snapshots, which ends with {@code /}. If only the pattern of their keys is
   * set, it is that of the pattern, which is empty if the pattern begins with a placeholder.
   */
  public String rawPrefix() {
    return value(Setting.RAW_PREFIX).isPresent() || value(Setting.RAW_KEY_PATTERN).isEmpty()
        ? presetRawPrefix()
        : RawKeyPattern.of(this).prefix();
  }

  /** The prefix of raw snapshots, whatever the pattern of their keys is. */
  String presetRawPrefix() {
    return prefix(Setting.RAW_PREFIX, "snapshots/");
  }

  /**
   * The prefix of sanitized snapshots, which ends with {@code /}. It must not be below the prefix
   * of raw snapshots, or else the published snapshots would be sanitized again.
   */
  public String sanitizedPrefix() {
    String prefix = prefix(Setting.SANITIZED_PREFIX, "sanitized-snapshots/");
    if (!rawPrefix().isEmpty() && prefix.startsWith(rawPrefix())) {
      throw invalid(Setting.SANITIZED_PREFIX, "a prefix that is not below DECANT_RAW_PREFIX");
    }
    return prefix;
  }

  /** {@code embedded}, or the URL of a server. */
  public String scratch() {
    String scratch = value(Setting.SCRATCH).orElse("embedded");
    if (!scratch.equals("embedded") && !ServerUrl.isOne(scratch)) {
      throw invalid(Setting.SCRATCH, "embedded or postgresql://user@host:port/db");
    }
    return scratch;
  }

  /** The number of workers that mask and of connections that load. */
  public int jobs() {
    Optional<String> text = value(Setting.JOBS);
    if (text.isEmpty()) {
      return Math.min(Runtime.getRuntime().availableProcessors(), MOST_JOBS);
    }
    try {
      int jobs = Integer.parseInt(text.get().strip());
      if (jobs >= 1 && jobs <= MOST_JOBS) {
        return jobs;
      }
    } catch (NumberFormatException e) {
      // The error below reports it.
    }
    throw invalid(Setting.JOBS, "a whole number from 1 to " + MOST_JOBS);
  }

  /**
   * A whole number of at least 1. Empty if the setting has no value.
   *
   * @throws DecantException SETTING_INVALID if the value is anything else
   */
  public Optional<Integer> positive(Setting setting) {
    return value(setting)
        .map(
            text -> {
              if (!POSITIVE.matcher(text).matches()) {
                throw invalid(setting, "a whole number of at least 1");
              }
              return Integer.valueOf(text);
            });
  }

  /** The folder for a run's temporary files. It may not exist yet. */
  public Path work() {
    return path(Setting.WORK).orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** The person's home folder, which is HOME or else that of the account. */
  public Path home() {
    String home = environment.getOrDefault("HOME", "");
    return Path.of(home.startsWith("/") ? home : System.getProperty("user.home"));
  }

  /** The folder for files that are kept between runs. It may not exist yet. */
  public Path cache() {
    return path(Setting.CACHE)
        .orElseGet(
            () -> {
              String xdg = environment.get("XDG_CACHE_HOME");
              return xdg != null && xdg.startsWith("/")
                  ? Path.of(xdg, "decant")
                  : home().resolve(".cache/decant");
            });
  }

  /**
   * The possible folders for a server that keeps running. The first folder that the server's
   * account can reach is used. They may not exist yet.
   */
  public List<Path> state() {
    return path(Setting.STATE)
        .map(List::of)
        .orElseGet(
            () -> {
              String xdg = environment.get("XDG_STATE_HOME");
              return List.of(
                  xdg != null && xdg.startsWith("/")
                      ? Path.of(xdg, "decant")
                      : home().resolve(".local/state/decant"),
                  Path.of("/var/lib/decant"));
            });
  }

  /** The bytes that frames of pulled snapshots may take in the cache; 0 means that none is kept. */
  public long frameCacheBytes() {
    return bytes(Setting.FRAME_CACHE, "5GB", "a size, for example 5GB or 500MB, or 0");
  }

  /** The bytes of memory that the leak trace may take. */
  public long traceMemory() {
    String form = "a size from 1MB to 1GB, for example 64MB";
    long bytes = bytes(Setting.TRACE_MEMORY, "64MB", form);
    if (bytes < 1_000_000 || bytes > 1_000_000_000) {
      throw invalid(Setting.TRACE_MEMORY, form);
    }
    return bytes;
  }

  /** Whether the workflow may use the function SanitizeSnapshot. */
  public boolean lambdaWorker() {
    return flag(Setting.LAMBDA_WORKER);
  }

  /** The ephemeral storage of SanitizeSnapshot in MB. */
  public int lambdaDisk() {
    return number(Setting.LAMBDA_DISK, 10_240, 512, 10_240);
  }

  /** The time limit of SanitizeSnapshot in seconds. */
  public int lambdaTimeout() {
    return number(Setting.LAMBDA_TIMEOUT, 900, 60, 900);
  }

  /** The disk that one task can have, in GiB. */
  public int taskDisk() {
    return number(Setting.TASK_DISK, 200, 21, 16_384);
  }

  /** Whether the workflow spreads a source that is too large for one task. */
  public boolean scale() {
    return flag(Setting.SCALE);
  }

  private boolean flag(Setting setting) {
    return switch (value(setting).orElse("false").strip()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw invalid(setting, "true or false");
    };
  }

  private int number(Setting setting, int preset, int least, int most) {
    String text = value(setting).orElse(String.valueOf(preset)).strip();
    int number = text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
    if (number < least || number > most) {
      throw invalid(setting, "a whole number from " + least + " to " + most);
    }
    return number;
  }

  private long bytes(Setting setting, String usual, String form) {
    return size(value(setting).orElse(usual)).orElseThrow(() -> invalid(setting, form));
  }

  /** The bytes of a size such as 64MB or 5GB; empty for another text. */
  public static Optional<Long> size(String text) {
    Matcher size = SIZE.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (!size.matches()) {
      return Optional.empty();
    }
    long unit =
        switch (String.valueOf(size.group(2))) {
          case "MB" -> 1_000_000L;
          case "GB" -> 1_000_000_000L;
          default -> 1L;
        };
    return Optional.of(Long.parseLong(size.group(1)) * unit);
  }

  /** Whether nobody writes to a live database that is the source. */
  public boolean staticSource() {
    String text = value(Setting.STATIC_SOURCE).orElse("false").strip().toLowerCase(Locale.ROOT);
    if (!text.equals("true") && !text.equals("false")) {
      throw invalid(Setting.STATIC_SOURCE, "true or false");
    }
    return text.equals("true");
  }

  /** The level of the log in lower case; empty if the default applies. */
  public Optional<String> log() {
    Optional<String> level = value(Setting.LOG).map(l -> l.strip().toLowerCase(Locale.ROOT));
    if (level.isPresent() && !LEVELS.contains(level.get())) {
      throw invalid(Setting.LOG, "error, warn, info or debug");
    }
    return level;
  }

  /** The parameters of a policy in the environment, by their names in the policy. */
  public Map<String, String> parameters() {
    Map<String, String> parameters = new TreeMap<>();
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(Setting.PARAMETER_PREFIX)
              && name.length() > Setting.PARAMETER_PREFIX.length()) {
            parameters.put(name.substring(Setting.PARAMETER_PREFIX.length()), value);
          }
        });
    return Collections.unmodifiableMap(parameters);
  }

  /** The folder or file that a setting names; empty if it is not set. */
  public Optional<Path> path(Setting setting) {
    try {
      return value(setting).map(Path::of);
    } catch (InvalidPathException e) {
      throw invalid(setting, "a path of this system");
    }
  }

  private String prefix(Setting setting, String preset) {
    String prefix = value(setting).orElse(preset).strip();
    String relative = prefix.startsWith("/") ? prefix.substring(1) : prefix;
    if (relative.contains("://") || relative.isEmpty()) {
      throw invalid(setting, "a key prefix within the bucket, for example " + preset);
    }
    return relative.endsWith("/") ? relative : relative + "/";
  }

  /**
   * The error for a wrong value. It says which values are allowed and does not show the value,
   * which may be a misplaced secret.
   */
  static DecantException invalid(Setting setting, String allowed) {
    return new DecantException(
        ErrorCode.SETTING_INVALID,
        setting.variable()
            + (setting.option() == null ? "" : " (" + setting.option() + ")")
            + " must be "
            + allowed
            + ".");
  }

  @Override
  public String toString() {
    return "Settings";
  }
}
