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

/** Reads the hooks of a target. */
final class HookParser {
  /** The kinds of hooks, and the keys that only hooks of this kind have. */
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

  /** A hook; empty if the file names no kind of hook, or several. */
  static Optional<Hook> parse(TargetsFileMap fields) {
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
              "A hook has exactly one kind. Write one of "
                  + String.join(", ", KINDS.keySet())
                  + ".");
    }
    return Optional.empty();
  }

  private static Hook hook(String kind, TargetsFileMap fields) {
    return switch (kind) {
      case "lambda" -> lambda(fields);
      case "http" -> http(fields);
      case "redis" -> redis(fields);
      case "ecs-service" -> ecsService(fields);
      default -> command(fields);
    };
  }

  private static Limits limits(TargetsFileMap fields, Duration within, Optional<Integer> retries) {
    return new Limits(
        YamlFile.line(fields.map().node()),
        fields.duration("within", within),
        fields.number("retries", 0, MOST_RETRIES).or(() -> retries),
        fields.word("on-failure", List.of("undo", "continue")).equals("undo")
            ? OnFailure.UNDO
            : OnFailure.CONTINUE);
  }

  private static Hook lambda(TargetsFileMap fields) {
    FilledText function = fields.text("lambda", "a function's name or ARN");
    if (!function.value().isBlank() && !FUNCTION.matcher(function.value()).matches()) {
      fields.problem(
          "lambda", "This is not the name of a Lambda function. Write its name or its ARN.");
    }
    return new Hook.Lambda(function, limits(fields, Duration.ofMinutes(15), Optional.of(0)));
  }

  private static Hook http(TargetsFileMap fields) {
    FilledText url = fields.url("http", "a URL, for example https://staging.example/health");
    Optional<URI> uri = Urls.web(url.value());
    if (uri.isEmpty() && Urls.hasUnderscore(url.value())) {
      fields.problem(
          "http",
          "Java's HTTP client does not accept a host name with an underscore. Write the host's IP"
              + " address or another name of the host.");
    } else if (!url.value().isEmpty() && uri.isEmpty()) {
      fields.problem("http", "This is not an HTTP URL. Write https://HOST/PATH.");
    } else if (uri.isPresent() && uri.get().getRawUserInfo() != null) {
      fields.problem("http", "The URL holds a user name, which is never sent. Remove it.");
    }
    return new Hook.Http(
        url,
        fields.number("expect", 100, 599).orElse(OK),
        limits(fields, Duration.ofSeconds(60), Optional.empty()));
  }

  private static Hook redis(TargetsFileMap fields) {
    FilledText url = fields.url("redis", "a URL, for example redis://HOST:6379");
    if (LITERAL_PASSWORD.matcher(url.written()).find()) {
      fields.problem("redis", "The file holds a password. Write redis://:${PARAMETER}@HOST.");
    } else if (!url.value().isEmpty() && RedisUrl.read(url.value()).isEmpty()) {
      fields.problem(
          "redis",
          "This is not the URL of a Redis server. Write redis://HOST:6379 or rediss://HOST/0.");
    }
    return new Hook.Redis(
        url, keys(fields), limits(fields, Duration.ofSeconds(30), Optional.of(2)));
  }

  private static Keys keys(TargetsFileMap fields) {
    if (fields.has("flush") == fields.has("keys")) {
      fields
          .scope()
          .problem(
              fields.map().node(),
              "A redis hook needs either flush or keys. Write flush: all, flush: db or keys:"
                  + " PATTERN.");
      return new Keys.Database();
    }
    if (fields.has("keys")) {
      return new Keys.Matching(fields.text("keys", "a pattern, for example 'session:*'"));
    }
    return fields.word("flush", List.of("all", "db")).equals("all")
        ? new Keys.All()
        : new Keys.Database();
  }

  private static Hook ecsService(TargetsFileMap fields) {
    FilledText service = fields.text("ecs-service", "CLUSTER/SERVICE");
    if (!service.value().isBlank() && !SERVICE.matcher(service.value()).matches()) {
      fields.problem("ecs-service", "This is not a cluster with a service. Write CLUSTER/SERVICE.");
    }
    if (!fields.has("desired")) {
      fields.problem("desired", "The key desired is missing. Write desired: the number of tasks.");
    }
    return new Hook.EcsService(
        service,
        fields.number("desired", 0, MOST_TASKS).orElse(0),
        limits(fields, Duration.ofMinutes(10), Optional.of(2)));
  }

  private static Hook command(TargetsFileMap fields) {
    List<FilledText> words = new ArrayList<>();
    for (Node node :
        fields.list("command", "the program and its arguments, for example [./smoke.sh]")) {
      words.add(
          words.isEmpty() ? fields.text(node, "a program") : fields.anyText(node, "an argument"));
    }
    boolean isList = fields.node("command").filter(SequenceNode.class::isInstance).isPresent();
    if (words.isEmpty() && isList) {
      fields.problem("command", "The list names no program. Write for example [./smoke.sh].");
    }
    if (words.stream().anyMatch(word -> word.value().indexOf('\0') >= 0)) {
      fields.problem(
          "command", "An argument of a program cannot contain a NUL character. Remove it.");
    }
    return new Hook.Command(words, limits(fields, Duration.ofMinutes(5), Optional.of(0)));
  }
}
