package dev.decant.target;

import dev.decant.yaml.Nearest;
import dev.decant.yaml.Parameters;
import dev.decant.yaml.Scalars;
import dev.decant.yaml.Scope;
import dev.decant.yaml.YamlMap;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * One map of a targets file, which reads the values of its keys. If a value is wrong, a method
 * notes the problem and returns something harmless, so that reading goes on and finds all problems
 * of the file. The file is refused at the end.
 */
record TargetsFileMap(YamlMap map, Parameters parameters) {
  private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,5})(s|m|h)");
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final FilledText NOTHING = FilledText.of("");

  /** The map at a node; empty after a problem. */
  static Optional<TargetsFileMap> read(Node node, Scope scope, Parameters parameters, String what) {
    return Optional.ofNullable(YamlMap.read(node, scope, what))
        .map(map -> new TargetsFileMap(map, parameters));
  }

  TargetsFileMap only(String... known) {
    return only(List.of(known));
  }

  TargetsFileMap only(Collection<String> known) {
    map.only(known);
    return this;
  }

  TargetsFileMap without(Collection<String> keys) {
    return new TargetsFileMap(map.without(keys), parameters);
  }

  Scope scope() {
    return map.scope();
  }

  boolean has(String key) {
    return map.get(key) != null;
  }

  Optional<Node> node(String key) {
    return Optional.ofNullable(map.get(key));
  }

  /** Notes a problem of a key's value, or of the map if it does not have the key. */
  void problem(String key, String message) {
    scope().problem(node(key).orElse(map.node()), message);
  }

  /** The map under a key; empty if the key does not exist. */
  Optional<TargetsFileMap> fields(String key, String what) {
    return node(key).flatMap(node -> read(node, scope(), parameters, what));
  }

  /** A text that is required. */
  FilledText text(String key, String what) {
    Node node = map.require(key, what);
    return node == null ? NOTHING : text(node, what);
  }

  FilledText text(Node node, String what) {
    String text = Scalars.text(node, scope(), what);
    FilledText filled = text == null ? NOTHING : filled(text, node);
    if (text != null && filled.value().isBlank()) {
      scope().problem(node, "This is blank. Write " + what + ".");
    }
    return filled;
  }

  /** A text that may be blank. */
  FilledText anyText(Node node, String what) {
    String text = Scalars.text(node, scope(), what);
    return text == null ? NOTHING : filled(text, node);
  }

  private FilledText filled(String text, Node node) {
    return new FilledText(parameters.fill(text, node, scope()), text, parameters.of(text));
  }

  /**
   * A URL that is required. If the URL begins with a parameter, the parameter's value is used as it
   * is. The values of all other parameters are percent-encoded.
   */
  FilledText url(String key, String what) {
    Node node = map.require(key, what);
    String text = node == null ? null : Scalars.text(node, scope(), what);
    return node == null || text == null
        ? NOTHING
        : new FilledText(
            parameters.fill(text, node, scope(), TargetsFileMap::inUrl), text, parameters.of(text));
  }

  private static String inUrl(String value, int at) {
    return at == 0 ? value : URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** A name that is required. It is a text without parameters. */
  String name(String key, String what) {
    Node node = map.require(key, what);
    return node == null ? "" : orEmpty(Scalars.name(node, scope(), what));
  }

  /** The names of a list; empty if the key does not exist. */
  List<String> names(String key, String what) {
    return node(key).map(node -> Scalars.names(node, scope(), what)).orElse(List.of());
  }

  List<Node> list(String key, String what) {
    return node(key).map(node -> Scalars.list(node, scope(), what)).orElse(List.of());
  }

  boolean flag(String key) {
    return node(key).map(node -> Scalars.bool(node, scope())).orElse(false);
  }

  /** A whole number; empty if the key does not exist, and after a problem. */
  Optional<Integer> number(String key, int least, int most) {
    Optional<Long> number = node(key).map(node -> Scalars.integer(node, scope()));
    if (number.isPresent() && (number.get() < least || number.get() > most)) {
      problem(
          key,
          "The value of "
              + key
              + " must be from "
              + least
              + " to "
              + most
              + ". Write such a number.");
      return Optional.empty();
    }
    return number.map(Long::intValue);
  }

  /** A duration such as {@code 120s}, {@code 5m} or {@code 1h}. */
  Duration duration(String key, Duration preset) {
    Optional<String> text =
        node(key).map(node -> Scalars.text(node, scope(), "a duration, for example 120s or 5m"));
    if (text.isEmpty()) {
      return preset;
    }
    Matcher matcher = DURATION.matcher(text.get());
    Duration time = matcher.matches() ? duration(matcher) : Duration.ZERO;
    if (time.isZero() || time.compareTo(LONGEST) > 0) {
      problem(key, "This is not a duration from 1s to 24h. Write for example 120s or 5m.");
      return preset;
    }
    return time;
  }

  private static Duration duration(Matcher matcher) {
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }

  /** One of several words; the first of them if the key does not exist. */
  String word(String key, List<String> words) {
    return node(key)
        .map(node -> Scalars.text(node, scope(), "one of " + String.join(", ", words)))
        .filter(word -> known(key, word, words))
        .orElse(words.getFirst());
  }

  private boolean known(String key, String word, List<String> words) {
    if (!words.contains(word)) {
      problem(key, "The word " + word + " is unknown" + Nearest.advice(word, words));
    }
    return words.contains(word);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
