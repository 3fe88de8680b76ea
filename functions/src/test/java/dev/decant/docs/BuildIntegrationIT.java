package dev.decant.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.decant.testing.Component;
import dev.decant.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Runs the shell steps of {@code action.yml} and the entry of {@code .pre-commit-hooks.yaml} as
 * they are written, in a git repository of an application.
 */
@Needs({Component.BASH, Component.GIT})
final class BuildIntegrationIT {
  private static final Path PROJECT = Documents.PROJECT.toAbsolutePath().normalize();

  @TempDir Path folder;
  private Path decant;
  private Path application;

  @BeforeEach
  void repositories() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    decant = Files.createDirectory(folder.resolve("the action"));
    Path target = Files.createDirectories(decant.resolve("functions/target"));
    Files.copy(Path.of("target", "decant.jar"), target.resolve("decant.jar"));
    Files.copy(PROJECT.resolve("decant"), decant.resolve("decant"));
    // An empty archive means that this Java cannot make one. Making one would take seconds.
    Path archive =
        target.resolve(
            "decant-" + System.getProperty("java.version").replaceFirst("-.*", "") + ".jsa");
    Files.setLastModifiedTime(
        Files.writeString(archive, ""), Files.getLastModifiedTime(target.resolve("decant.jar")));

    application = Files.createDirectory(folder.resolve("application"));
    Files.createDirectory(application.resolve("db"));
    Files.writeString(
        application.resolve("db/structure.sql"), "CREATE TABLE public.users (id int, email text);");
    policy("[id]", "{ email: email }");
    String git = Component.GIT.program().toString();
    assertThat(run(application, Map.of(), git, "init", "-q").exitCode()).isZero();
    assertThat(run(application, Map.of(), git, "add", "-A").exitCode()).isZero();
  }

  @Test
  void theActionPassesAndFailsWithAnnotations() throws Exception {
    assertThat(action("db/structure.sql").output())
        .contains("policy.yaml fits db/structure.sql. Compared 1 table with 2 columns.");

    policy("[id]", "{}");
    Ran failed = action("db/structure.sql");
    assertThat(failed.exitCode()).isEqualTo(10);
    assertThat(failed.output())
        .contains(
            "::error file=policy.yaml,line=3,title=decant%3A missing-rule::table public.users,"
                + " column email: The column has no rule.");
  }

  @Test
  void anInputOfTheActionIsNeverACommand() throws Exception {
    Ran ran = action("$(touch injected); `touch injected`");
    assertThat(ran.exitCode()).isEqualTo(11);
    assertThat(application.resolve("injected")).doesNotExist();
    assertThat(Files.readString(PROJECT.resolve("action.yml")).lines())
        .filteredOn(line -> line.contains("${{"))
        .allMatch(line -> Pattern.matches("\\s+[A-Z_]+: \\$\\{\\{ [a-z_.]+ }}", line));
  }

  @Test
  void theHookRunsWithTheArgumentsOfTheDocument() throws Exception {
    JsonNode hook = yaml(".pre-commit-hooks.yaml").path(0);
    assertThat(hook.path("language").textValue()).isEqualTo("script");
    assertThat(hook.path("pass_filenames").booleanValue()).isFalse();
    Pattern files = Pattern.compile(hook.path("files").textValue());
    for (String file : List.of("db/structure.sql", "schema.sql", "decant/policy.yaml")) {
      assertThat(files.matcher(file).find()).as(file).isTrue();
    }
    assertThat(files.matcher("src/User.java").find()).isFalse();

    assertThat(hook(hook).exitCode()).isZero();
    policy("[]", "{ email: email }");
    Ran failed = hook(hook);
    assertThat(failed.exitCode()).isEqualTo(10);
    assertThat(failed.output()).contains("policy.yaml:3: table public.users, column id");
  }

  /** As pre-commit runs a hook in the language script: the first word is a path in its clone. */
  private Ran hook(JsonNode hook) throws Exception {
    List<String> command = new ArrayList<>(List.of(hook.path("entry").textValue().split(" ", -1)));
    command.set(0, decant.resolve(command.getFirst()).toString());
    command.addAll(documented());
    return run(application, Map.of(), command.toArray(String[]::new));
  }

  /** The arguments in the document's example of a {@code .pre-commit-config.yaml}. */
  private static List<String> documented() {
    String example =
        Documents.blocks(List.of("docs/check.md")).stream()
            .map(FencedBlock::text)
            .filter(text -> text.contains(".pre-commit-config.yaml"))
            .findFirst()
            .orElseThrow();
    JsonNode hook = load(example).at("/repos/0/hooks/0");
    assertThat(hook.path("id").textValue()).isEqualTo("decant-check");
    List<String> arguments = new ArrayList<>();
    hook.path("args").forEach(argument -> arguments.add(argument.textValue()));
    assertThat(arguments).hasSize(3);
    return arguments;
  }

  private Ran action(String source) throws Exception {
    JsonNode action = yaml("action.yml");
    Ran last = new Ran(-1, "no step");
    for (JsonNode step : action.at("/runs/steps")) {
      if (step.has("run")) {
        assertThat(step.path("shell").textValue()).isEqualTo("bash");
        Map<String, String> environment = new TreeMap<>();
        for (Map.Entry<String, JsonNode> each : step.path("env").properties()) {
          environment.put(
              each.getKey(), value(each.getValue().textValue(), source, action.path("inputs")));
        }
        environment.put("GITHUB_WORKSPACE", application.toString());
        Path script = Files.writeString(folder.resolve("step.sh"), step.path("run").textValue());
        last =
            run(
                application,
                environment,
                Component.BASH.program().toString(),
                "--noprofile",
                "--norc",
                "-eo",
                "pipefail",
                script.toString());
      }
    }
    return last;
  }

  private String value(String expression, String source, JsonNode inputs) {
    String name = expression.replaceAll("\\$\\{\\{ (.*) }}", "$1");
    return switch (name) {
      case "github.action_path" -> decant.toString();
      case "inputs.source" -> source;
      default -> inputs.path(name.replace("inputs.", "")).path("default").textValue();
    };
  }

  private void policy(String keep, String columns) throws IOException {
    Files.writeString(
        application.resolve("policy.yaml"),
        "version: 1\ntables:\n  public.users: { keep: " + keep + ", columns: " + columns + " }\n");
  }

  private static JsonNode yaml(String file) throws IOException {
    return load(Files.readString(PROJECT.resolve(file)));
  }

  private static JsonNode load(String text) {
    return new ObjectMapper()
        .valueToTree(new Load(LoadSettings.builder().build()).loadFromString(text));
  }

  private record Ran(int exitCode, String output) {}

  private Ran run(Path in, Map<String, String> environment, String... command) throws Exception {
    Path log = folder.resolve("log");
    ProcessBuilder builder = new ProcessBuilder(command).directory(in.toFile());
    builder.environment().put("DECANT_JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    Process process =
        builder
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("it ends").isTrue();
    return new Ran(process.exitValue(), Files.readString(log, UTF_8));
  }
}
