package dev.decant.target;

import dev.decant.target.Hook.Keys;
import dev.decant.target.Hook.Limits;
import dev.decant.target.Hook.OnFailure;
import dev.decant.yaml.YamlFile;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads hooks. */
final class HookParser {
  /** The kinds, each with the keys that only it has. */
  private static final Map<String, List<String>> KINDS =
      new TreeMap<>(
          Map.of(
              "lambda", List.of(),
              "http", List.of("expect"),
              "redis", List.of("flush", "keys"),
              "ecs-service", List.of("desired"),
              "command", List.of()));

  private static final List<String> LIMITS = List.of("within", "retries", "on-failure");
  private static final int MOST_RETRIES = 100;
  private static final int MOST_TASKS = 10_000;
  private static final int OK = 200;

  private static final Pattern FUNCTION =
      Pattern.compile("[A-Za-z0-9_-]{1,140}(:[A-Za-z0-9_$-]{1,128})?|arn:[a-z-]+:lambda:[^\\s]+");
  private static final Pattern SERVICE =
      Pattern.compile("[A-Za-z0-9_-]{1,255}/[A-Za-z0-9_-]{1,255}");
  private static final Pattern LITERAL_PASSWORD =
      Pattern.compile("//[^/@]*:(?!\\$\\{)[^/@]+@", Pattern.DOTALL);

  private HookParser() {}

  /** A hook; empty where the file does not say which. */
  static Optional<Hook> parse(Fields fields) {
    List<String> kinds = KINDS.keySet().stream().filter(fields::has).toList();
    List<String> known = new ArrayList<>(LIMITS);
    KINDS.forEach((kind, keys) -> known.add(kind));
    (kinds.isEmpty() ? KINDS.keySet() : kinds)
        .forEach(kind -> known.addAll(KINDS.getOrDefault(kind, List.of())));
    fields.only(known);
    if (kinds.size() == 1) {
      return Optional.of(hook(kinds.getFirst(), fields));
    }
    if (known.containsAll(fields.map().entries().keySet())) {
      fields
          .scope()
          .problem(
              fields.map().node(),
              "a hook does one thing; write one of " + String.join(", ", KINDS.keySet()));
    }
    return Optional.empty();
  }

  private static Hook hook(String kind, Fields fields) {
    return switch (kind) {
      case "lambda" -> lambda(fields);
      case "http" -> http(fields);
      case "redis" -> redis(fields);
      case "ecs-service" -> ecsService(fields);
      default -> command(fields);
    };
  }

  private static Limits limits(Fields fields, Duration within, Optional<Integer> retries) {
    return new Limits(
        YamlFile.line(fields.map().node()),
        fields.duration("within", within),
        fields.number("retries", 0, MOST_RETRIES).or(() -> retries),
        fields.word("on-failure", List.of("undo", "continue")).equals("undo")
            ? OnFailure.UNDO
            : OnFailure.CONTINUE);
  }

  private static Hook lambda(Fields fields) {
    Filled function = fields.text("lambda", "a function's name or ARN");
    if (!function.value().isBlank() && !FUNCTION.matcher(function.value()).matches()) {
      fields.problem("lambda", "this is no name of a Lambda function; write its name or ARN");
    }
    return new Hook.Lambda(function, limits(fields, Duration.ofMinutes(15), Optional.of(0)));
  }

  private static Hook http(Fields fields) {
    Filled url = fields.url("http", "a URL, https://staging.example/health for instance");
    Optional<URI> uri = Urls.web(url.value());
    if (uri.isEmpty() && Urls.hasUnderscore(url.value())) {
      fields.problem(
          "http",
          "a host with an underscore cannot be asked by HTTP; write its address, or another name"
              + " of it");
    } else if (!url.value().isEmpty() && uri.isEmpty()) {
      fields.problem("http", "this is no URL of http; write https://HOST/PATH");
    } else if (uri.isPresent() && uri.get().getRawUserInfo() != null) {
      fields.problem("http", "a user stands in the URL and is never sent; take it out");
    }
    return new Hook.Http(
        url,
        fields.number("expect", 100, 599).orElse(OK),
        limits(fields, Duration.ofSeconds(60), Optional.empty()));
  }

  private static Hook redis(Fields fields) {
    Filled url = fields.url("redis", "a URL, redis://HOST:6379 for instance");
    if (LITERAL_PASSWORD.matcher(url.written()).find()) {
      fields.problem(
          "redis", "a password stands in the file; write redis://:${PARAMETER}@HOST in its place");
    } else if (!url.value().isEmpty() && RedisUrl.read(url.value()).isEmpty()) {
      fields.problem(
          "redis", "this is no URL of a Redis server; write redis://HOST:6379 or rediss://…/0");
    }
    return new Hook.Redis(
        url, keys(fields), limits(fields, Duration.ofSeconds(30), Optional.of(2)));
  }

  private static Keys keys(Fields fields) {
    if (fields.has("flush") == fields.has("keys")) {
      fields
          .scope()
          .problem(
              fields.map().node(),
              "a redis hook has either flush or keys; write flush: all, flush: db, or keys:"
                  + " PATTERN");
      return new Keys.Database();
    }
    if (fields.has("keys")) {
      return new Keys.Matching(fields.text("keys", "a pattern, 'session:*' for instance"));
    }
    return fields.word("flush", List.of("all", "db")).equals("all")
        ? new Keys.All()
        : new Keys.Database();
  }

  private static Hook ecsService(Fields fields) {
    Filled service = fields.text("ecs-service", "CLUSTER/SERVICE");
    if (!service.value().isBlank() && !SERVICE.matcher(service.value()).matches()) {
      fields.problem("ecs-service", "this is no service with its cluster; write CLUSTER/SERVICE");
    }
    if (!fields.has("desired")) {
      fields.problem("desired", "has no desired; write desired: the number of tasks");
    }
    return new Hook.EcsService(
        service,
        fields.number("desired", 0, MOST_TASKS).orElse(0),
        limits(fields, Duration.ofMinutes(10), Optional.of(2)));
  }

  private static Hook command(Fields fields) {
    List<Filled> words = new ArrayList<>();
    for (Node node : fields.list("command", "the program and its arguments, [./smoke.sh]")) {
      words.add(
          words.isEmpty() ? fields.text(node, "a program") : fields.anyText(node, "an argument"));
    }
    boolean isList = fields.node("command").filter(SequenceNode.class::isInstance).isPresent();
    if (words.isEmpty() && isList) {
      fields.problem("command", "there is no program; write [./smoke.sh] for instance");
    }
    if (words.stream().anyMatch(word -> word.value().indexOf('\0') >= 0)) {
      fields.problem("command", "a NUL character cannot be given to a program; remove it");
    }
    return new Hook.Command(words, limits(fields, Duration.ofMinutes(5), Optional.of(0)));
  }
}
