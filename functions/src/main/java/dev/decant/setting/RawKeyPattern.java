package dev.decant.setting;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The pattern of the keys of raw snapshots, for example {@code
 * snapshots/{service}/{environment}/{name}}. The placeholders {@code {service}}, {@code
 * {environment}} and {@code {name}} stand for the parts of the snapshot's name. Any other
 * placeholder, such as {@code {year}}, and {@code *} stand for any text. None stands for a slash,
 * so a pattern has a fixed number of folders. A folder has at most one placeholder, because {@code
 * {service}-{environment}} could be read in several ways.
 */
public final class RawKeyPattern {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)}|\\*");
  private static final List<String> PARTS = List.of("service", "environment", "name");
  private static final String FORM =
      "a pattern such as snapshots/{service}/{environment}/{name}. It ends with {name}, each folder"
          + " has at most one placeholder or *, and {service} and {environment} occur at most once";

  private final String text;
  private final String prefix;
  private final Pattern keys;
  private final @Nullable String service;
  private final @Nullable String environment;

  private RawKeyPattern(String text, Settings settings) {
    this.text = text;
    this.service = settings.value(Setting.SERVICE).orElse(null);
    this.environment = settings.value(Setting.ENVIRONMENT).orElse(null);
    Set<String> seen = new HashSet<>();
    StringBuilder regex = new StringBuilder();
    String last = "";
    for (String folder : text.split("/", -1)) {
      last = folder(folder, seen, regex);
    }
    if (!last.equals("name")) {
      throw invalid();
    }
    this.keys = Pattern.compile(regex.substring(1), Pattern.DOTALL);
    Matcher first = PLACEHOLDER.matcher(text);
    this.prefix = first.find() ? text.substring(0, text.lastIndexOf('/', first.start()) + 1) : "";
  }

  /**
   * The pattern of the settings. Without a pattern, it is the raw prefix and {@code
   * {service}/{environment}/{name}}.
   *
   * @throws DecantException SETTING_INVALID if the pattern is not valid, or if it is not below the
   *     raw prefix that is set
   */
  public static RawKeyPattern of(Settings settings) {
    Optional<String> set = settings.value(Setting.RAW_KEY_PATTERN).map(String::strip);
    if (set.isEmpty()) {
      return new RawKeyPattern(
          settings.presetRawPrefix() + "{service}/{environment}/{name}", settings);
    }
    RawKeyPattern pattern = new RawKeyPattern(set.get(), settings);
    if (settings.value(Setting.RAW_PREFIX).isPresent()
        && !pattern.prefix.startsWith(settings.presetRawPrefix())) {
      throw Settings.invalid(
          Setting.RAW_KEY_PATTERN, "a pattern that begins with the prefix in DECANT_RAW_PREFIX");
    }
    return pattern;
  }

  /** Adds the expression for a folder. Returns its placeholder, or an empty text. */
  private static String folder(String folder, Set<String> seen, StringBuilder regex) {
    Matcher found = PLACEHOLDER.matcher(folder);
    String before = folder;
    String part = "";
    String after = "";
    if (found.find()) {
      before = folder.substring(0, found.start());
      after = folder.substring(found.end());
      part = found.group(1) == null ? "*" : found.group(1);
    }
    boolean known = PARTS.contains(part);
    if (folder.isEmpty()
        || (before + after).matches("(?s).*[{}*].*")
        || (known && !seen.add(part))) {
      throw invalid();
    }
    regex.append('/').append(Pattern.quote(before));
    if (!part.isEmpty()) {
      regex.append(known ? "(?<" + part + ">[^/]+)" : "[^/]+");
    }
    regex.append(Pattern.quote(after));
    return part;
  }

  /**
   * The folders at the beginning that are the same in all keys. It ends with a slash or is empty.
   */
  public String prefix() {
    return prefix;
  }

  /**
   * Reads a key. The settings of service and environment take precedence over the key. If both are
   * set, the key need not fit the pattern.
   *
   * @param key the key of an object, or of the folder of an archive, which may end with a slash
   * @throws DecantException USAGE if the key does not fit the pattern
   */
  public RawKey read(String key) {
    String object = key.endsWith("/") ? key.substring(0, key.length() - 1) : key;
    Matcher matcher = keys.matcher(object);
    boolean fits = matcher.matches();
    String file = fits ? matcher.group("name") : object.substring(object.lastIndexOf('/') + 1);
    String ofService = service == null && fits ? part(matcher, "service") : service;
    String ofEnvironment = environment == null && fits ? part(matcher, "environment") : environment;
    if (ofService == null || ofEnvironment == null || file.isEmpty()) {
      throw unfit(key, fits);
    }
    return new RawKey(ofService, ofEnvironment, RawKeys.name(file));
  }

  private static @Nullable String part(Matcher matcher, String name) {
    return matcher.namedGroups().containsKey(name) ? matcher.group(name) : null;
  }

  private DecantException unfit(String key, boolean fits) {
    return new DecantException(
        ErrorCode.USAGE,
        "The key '"
            + key
            + (fits
                ? "' does not name both a service and an environment"
                : "' does not fit the pattern of raw snapshots")
            + ", which is "
            + text
            + " (DECANT_RAW_KEY_PATTERN). Move the raw snapshot, change the pattern, or give"
            + " --service and --environment (DECANT_SERVICE, DECANT_ENVIRONMENT).");
  }

  private static DecantException invalid() {
    return Settings.invalid(Setting.RAW_KEY_PATTERN, FORM);
  }
}
