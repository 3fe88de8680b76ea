package dev.decant.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.decant.error.DecantException;
import dev.decant.policy.PolicyFiles;
import dev.decant.setting.ProjectFile;
import dev.decant.target.Targets;
import dev.decant.target.TargetsParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The samples of each version of decant's formats, in the folders {@code formats/vN}. Samples of a
 * released version are never changed. If a format gets a new version, it gets a new folder.
 */
final class FormatsIT {
  private static final Path V1 = Path.of("src/test/resources/formats/v1");
  private static final String NAME = "shop/production/shop_20260401-060000";
  private static final String[] PARAMETERS = {"--param", "ADMIN_EMAIL=boss@example.com"};
  private static final String NEWER = "version 2, but this decant reads version 1";

  private static final String MADE_BY = "It was made by decant 0.1.0-SNAPSHOT.";

  @TempDir Path folder;

  @Test
  void aPolicyOfVersion1SanitizesAndTheAnswerKeepsItsFields() throws Exception {
    Path raw = Files.copy(V1.resolve("raw.sql"), folder.resolve("shop_20260401-060000.sql"));
    CapturedCli cli = sanitize(raw, V1.resolve("policy.yaml"));

    assertThat(cli.err()).doesNotContain("problem");
    JsonNode answer = json(cli.out());
    json(Files.readString(V1.resolve("sanitize.json")))
        .properties()
        .forEach(
            field ->
                assertThat(answer.path(field.getKey()).getNodeType())
                    .as(field.getKey())
                    .isEqualTo(field.getValue().getNodeType()));
    assertThat(answer.path("snapshot").asText()).isEqualTo(NAME);
  }

  @Test
  void aSnapshotOfVersion1IsListedShownAndPulled() throws Exception {
    CapturedCli list = run("list", "--json", "--from", V1.resolve("store").toString());
    CapturedCli show = run("show", "--json", "--from", V1.resolve("store").toString());
    CapturedCli pull =
        run("pull", "--no-cache", "--from", V1.resolve("store").toString(), "--output", "-");

    assertKept(json(Files.readString(V1.resolve("list.json"))), json(list.out()), "list");
    assertKept(json(Files.readString(V1.resolve("show.json"))), json(show.out()), "show");
    assertThat(pull.out())
        .contains("\n2\tmpfw4u3bvn3txy5d@staging.invalid\tJosef Rosenthal\t+43 1 5550102\t\\N\t");
  }

  @Test
  void aTargetsFileOfVersion1IsRead() throws Exception {
    Targets targets = targets(Files.readString(V1.resolve("targets.yaml")));

    assertThat(targets.target("staging").name()).isEqualTo("staging");
  }

  @Test
  void aProjectFileOfVersion1IsRead() {
    assertThat(ProjectFile.read(V1.resolve("decant.yaml"))).hasSize(3);
  }

  @Test
  void filesOfANewerVersionAreRefusedWithTheVersionThatIsRead() throws Exception {
    Path policy = newer("policy.yaml", "version: 1", "version: 2");
    assertThat(sanitizeError(policy)).contains(NEWER, "Use a newer decant");
    Path project = newer("decant.yaml", "version: 1", "version: 2");
    assertThat(message(() -> ProjectFile.read(project))).contains(NEWER);
    Path targets = newer("targets.yaml", "version: 1", "version: 2");
    assertThat(message(() -> targets(Files.readString(targets)))).contains(NEWER);
    Path manifest = newer("store/" + NAME + ".manifest.json", "\"version\" : 1", "\"version\" : 2");
    Path store = Objects.requireNonNull(folder.resolve("store"));
    Files.createDirectories(store.resolve("shop/production"));
    Files.copy(manifest, store.resolve(NAME + ".manifest.json"));
    Files.copy(V1.resolve("store/" + NAME + ".sql.zst"), store.resolve(NAME + ".sql.zst"));
    String other = "shop/production/shop_20260301-060000.manifest.json";
    String older = Files.readString(V1.resolve("store/" + NAME + ".manifest.json"));
    Files.writeString(store.resolve(other), older.replace("shop_20260401", "shop_20260301"));
    CapturedCli list = run("list", "--json", "--from", store.toString());
    assertThat(list.err()).contains("Not listed", NEWER, MADE_BY, "Use a newer decant");
    assertThat(json(list.out()).path("snapshots").findValuesAsText("name"))
        .containsExactly("shop_20260301-060000");
    Files.delete(store.resolve(other));
    CapturedCli show = new CapturedCli();
    assertThat(show.run("show", NAME, "--from", store.toString())).isEqualTo(11);
    assertThat(show.err()).contains(NEWER, MADE_BY, "Use a newer decant");
    for (String command : new String[] {"show", "pull"}) {
      CapturedCli latest = new CapturedCli();
      assertThat(latest.run(command, "--from", store.toString())).isEqualTo(13);
      assertThat(latest.err())
          .contains(NEWER, MADE_BY, "A newer decant made at least one of these snapshots")
          .doesNotContain("Sanitize a raw snapshot again");
    }
  }

  private Path newer(String file, String from, String to) throws IOException {
    String text = Files.readString(V1.resolve(file));
    assertThat(text).contains(from);
    return Files.writeString(
        folder.resolve(Path.of(file).getFileName()), text.replaceFirst(from, to));
  }

  private CapturedCli sanitize(Path raw, Path policy) {
    CapturedCli cli = key();
    assertThat(cli.run(arguments(raw, policy))).as(cli.err()).isZero();
    return cli;
  }

  private String sanitizeError(Path policy) {
    CapturedCli cli = key();
    assertThat(cli.run(arguments(V1.resolve("raw.sql"), policy))).isEqualTo(10);
    return cli.err();
  }

  private static CapturedCli key() {
    return new CapturedCli(
        Map.of(
            "DECANT_KEY",
            "Zm9ybWF0LXNhbXBsZS1rZXktb2YtMzItYnl0ZXMtMDE=",
            "PATH",
            Objects.requireNonNull(System.getenv("PATH"))));
  }

  private String[] arguments(Path raw, Path policy) {
    return new String[] {
      "sanitize",
      raw.toString(),
      "--policy",
      policy.toString(),
      "--to",
      folder.resolve("made").toString(),
      "--service",
      "shop",
      "--environment",
      "production",
      "--json",
      PARAMETERS[0],
      PARAMETERS[1]
    };
  }

  private static CapturedCli run(String... arguments) {
    CapturedCli cli = new CapturedCli();
    assertThat(cli.run(arguments)).as(cli.err()).isZero();
    return cli;
  }

  private static Targets targets(String yaml) {
    return TargetsParser.parse(
        "targets.yaml",
        yaml.getBytes(StandardCharsets.UTF_8),
        PolicyFiles.none(),
        Map.of("STAGING_ADMIN_EMAIL", "a@b.test", "STAGING_ADMIN_PASSWORD", "secret"));
  }

  private static String message(ThrowingCallable call) {
    return Objects.requireNonNull(catchThrowableOfType(DecantException.class, call).getMessage());
  }

  /** Each value of the old document is in the new one, which may have further fields. */
  private static void assertKept(JsonNode old, JsonNode now, String where) {
    assertThat(now.getNodeType()).as(where).isEqualTo(old.getNodeType());
    if (old.isObject()) {
      old.properties()
          .forEach(
              field ->
                  assertKept(
                      field.getValue(), now.path(field.getKey()), where + "." + field.getKey()));
    } else if (old.isArray()) {
      assertThat(now).as(where).hasSameSizeAs(old);
      for (int i = 0; i < old.size(); i++) {
        assertKept(old.get(i), now.get(i), where + "[" + i + "]");
      }
    } else {
      assertThat(now).as(where).isEqualTo(old);
    }
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }
}
