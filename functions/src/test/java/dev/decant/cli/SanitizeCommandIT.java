package dev.decant.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.Manifest.LeakTrace.TraceException;
import dev.decant.policy.MaskCatalog;
import dev.decant.policy.Policy;
import dev.decant.policy.PolicyFiles;
import dev.decant.policy.parse.PolicyParser;
import dev.decant.sanitize.SanitizeRequest;
import dev.decant.sanitize.SanitizeResult;
import dev.decant.testing.Component;
import dev.decant.testing.Needs;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The request that the command makes of its options, and the output that it makes of the result.
 */
final class SanitizeCommandIT {
  private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

  @TempDir Path folder;
  private final List<SanitizeRequest> requests = new ArrayList<>();
  private final Map<String, String> parameters = new LinkedHashMap<>();
  private String dump = "";
  private boolean duplicate;
  private List<TraceException> exceptions = List.of();

  @BeforeEach
  void writeDump() throws IOException {
    dump = Files.writeString(folder.resolve("app_20260101.sql"), "-- a dump").toString();
  }

  @Test
  void theDefaultsAreAsDocumented() {
    Ran ran = run(Map.of("DECANT_KEY", KEY), dump, "--policy", "p.yaml", "--to", store());

    assertThat(ran.exitCode).isZero();
    SanitizeRequest request = requests.getFirst();
    assertThat(request.name()).hasToString("local/local/app_20260101");
    assertThat(request.scratch().server()).isEqualTo("embedded");
    assertThat(request.execution().jobs()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(request.checks().full()).isFalse();
    assertThat(request.keys().signing()).isNull();
    assertThat(request.execution().deadline()).isNull();
    assertThat(request.policy().file()).isEqualTo("p.yaml");
  }

  @Test
  void optionsCountBeforeTheEnvironment() {
    Ran ran =
        run(
            Map.of(
                "DECANT_KEY", KEY,
                "DECANT_POLICY", "other.yaml",
                "DECANT_STORE", "elsewhere",
                "DECANT_SCRATCH", "postgresql://other/x",
                "DECANT_JOBS", "9",
                "DECANT_PARAM_A", "environment",
                "DECANT_PARAM_B", "environment"),
            dump,
            "--policy=p.yaml",
            "--to=" + store(),
            "--scratch=postgresql://u@h/x",
            "--jobs=3",
            "--param=A=option=1",
            "--verify=full",
            "--work=" + folder);

    assertThat(ran.exitCode).isZero();
    SanitizeRequest request = requests.getFirst();
    assertThat(request.policy().file()).isEqualTo("p.yaml");
    assertThat(request.store().location()).endsWith("store");
    assertThat(request.scratch().server()).isEqualTo("postgresql://u@h/x");
    assertThat(request.execution().jobs()).isEqualTo(3);
    assertThat(request.checks().full()).isTrue();
    assertThat(request.execution().workFolder()).isEqualTo(folder);
    assertThat(parameters)
        .containsExactlyInAnyOrderEntriesOf(Map.of("A", "option=1", "B", "environment"));
  }

  @Test
  void aParameterThatThePolicyDoesNotHaveIsAnError() {
    Ran ran =
        run(
            Map.of("DECANT_KEY", KEY, "DECANT_PARAM_OF_ANOTHER", "passed over"),
            dump,
            "--policy=p.yaml",
            "--to=" + store(),
            "--param=ADMN=s3cret");

    assertThat(ran.exitCode).isEqualTo(2);
    assertThat(ran.err)
        .contains("--param ADMN: the policy does not declare this parameter. Write ADMIN.")
        .contains("It declares A, ADMIN.")
        .doesNotContain("s3cret");
    assertThat(requests).isEmpty();
  }

  @Test
  void withoutAKeyItSaysHowToMakeOne() {
    Ran ran = run(Map.of(), dump, "--policy", "p.yaml", "--to", store());

    assertThat(ran.exitCode).isEqualTo(2);
    assertThat(ran.err).contains("decant key", "--key-file", "DECANT_KEY");
    assertThat(requests).isEmpty();
  }

  @Test
  void anAbsentSourceIsAnInputError() {
    Ran ran =
        run(Map.of("DECANT_KEY", KEY), folder + "/no.sql", "--policy=p.yaml", "--to=" + store());

    assertThat(ran.exitCode).isEqualTo(11);
    assertThat(ran.err).contains("no.sql");
  }

  @Test
  void aWrongNumberOfJobsIsAUsageError() {
    Ran ran =
        run(Map.of("DECANT_KEY", KEY), dump, "--policy=p", "--to=" + store(), "--jobs", "many");

    assertThat(ran.exitCode).isEqualTo(2);
    assertThat(ran.err).contains("--jobs", "whole number");
  }

  @Test
  void theAnswerNamesWhatWasPublished() {
    Ran ran =
        run(Map.of("DECANT_KEY", KEY), dump, "--policy", "p.yaml", "--to", store(), "--timings");

    assertThat(ran.out)
        .isEqualTo(
            """
            published local/local/app_20260101: 90 of 100 rows, 1.2 kB
            dump:     %1$s/local/local/app_20260101.sql.zst
            report:   %1$s/local/local/app_20260101.report.html
            manifest: %1$s/local/local/app_20260101.manifest.json

            STAGE    SECONDS
            load       1.500
            publish    0.025
            """
                .formatted(store()));
    assertThat(ran.err)
        .isEqualTo("The folder " + store() + " does not exist yet. It will be created.\n");
  }

  @Test
  void aDuplicateIsDoneToo() {
    duplicate = true;

    Ran ran = run(Map.of("DECANT_KEY", KEY), dump, "--policy=p.yaml", "--to=" + store());
    assertThat(ran.exitCode).isZero();
    assertThat(ran.out).startsWith("local/local/app_20260101 exists already");
  }

  @Test
  void theAnswerAsJsonIsOneDocument() throws IOException {
    Ran ran = run(Map.of("DECANT_KEY", KEY), dump, "--policy=p", "--to=" + store(), "--json");

    JsonNode answer = JsonMapper.builder().build().readTree(ran.out);
    assertThat(answer.get("status").asText()).isEqualTo("published");
    assertThat(answer.get("rows").asLong()).isEqualTo(90);
    assertThat(answer.at("/stages/load").asDouble()).isEqualTo(1.5);
  }

  @Test
  void theAnswerNamesTheExceptionsOfTheLeakTrace() throws IOException {
    exceptions =
        List.of(
            new TraceException("public.users.name", "trace: false"),
            new TraceException("unknown@example.com", "trace.ignore"));

    Ran text = run(Map.of("DECANT_KEY", KEY), dump, "--policy=p", "--to=" + store());
    assertThat(text.out)
        .endsWith(
            """
            not traced: public.users.name (trace: false)
            not traced: unknown@example.com (trace.ignore)
            """);

    Ran json = run(Map.of("DECANT_KEY", KEY), dump, "--policy=p", "--to=" + store(), "--json");
    assertThat(JsonMapper.builder().build().readTree(json.out).get("traceExceptions"))
        .isEqualTo(
            JsonMapper.builder()
                .build()
                .readTree(
                    """
                    [ { "subject": "public.users.name", "rule": "trace: false" },
                      { "subject": "unknown@example.com", "rule": "trace.ignore" } ]
                    """));
  }

  @Test
  void aFailureOfThePipelineIsTheCommands() {
    CapturedCli cli = new CapturedCli(Map.of("DECANT_KEY", KEY));
    cli.add(
        "run",
        new SanitizeCommand(
            cli.console(),
            this::policy,
            request -> {
              request.execution().progress().stage("load", 10, "B");
              throw new DecantException(ErrorCode.LEAK_FOUND, "public.user.email: 3 leaks");
            }));

    assertThat(cli.run("run", dump, "--policy=p", "--to=" + store())).isEqualTo(13);
    assertThat(cli.err()).endsWith("decant: public.user.email: 3 leaks\n");
  }

  private String store() {
    return folder.resolve("store").toString();
  }

  @Test
  void optionsOfDumpsAndOfDatabasesAreNotMixed() {
    Ran ofDatabase =
        run(Map.of("DECANT_KEY", KEY), dump, "--policy=p", "--to=" + store(), "--static-source");
    assertThat(ofDatabase.exitCode).isEqualTo(2);
    assertThat(ofDatabase.err).contains("--static-source is for a live database");
    Ran ofDump =
        run(
            Map.of("DECANT_KEY", KEY),
            "postgresql://reader:s3cret@db.internal/app",
            "--policy=p",
            "--to=" + store(),
            "--database=app");
    assertThat(ofDump.exitCode).isEqualTo(2);
    assertThat(ofDump.err)
        .contains("--database and --schema are for dumps")
        .doesNotContain("s3cret");
    assertThat(requests).isEmpty();
  }

  @Test
  @Needs(Component.PG_DUMP)
  void snapshotOfADatabaseHasItsNameAndTheTime() throws Exception {
    try (PlainDatabase database = PlainDatabase.on(PostgresVersion.V15)) {
      Map<String, String> settings =
          Map.of(
              "DECANT_KEY",
              KEY,
              "DECANT_PG_DUMP",
              Component.PG_DUMP.program().toString(),
              "DECANT_STATIC_SOURCE",
              "true");
      Ran ran = run(settings, database.url(), "--policy=p", "--to=" + store());
      assertThat(ran.exitCode).as(ran.err).isZero();
      assertThat(requests.getFirst().name().toString())
          .matches("local/local/" + database.name() + "_\\d{8}-\\d{6}");
      assertThat(ran.out + ran.err).doesNotContain(":plain@");
      ran =
          run(
              settings,
              database.url(),
              "--policy=p",
              "--to=" + store(),
              "--service=shop",
              "--environment=production",
              "--name=nightly");
      assertThat(ran.exitCode).as(ran.err).isZero();
      assertThat(requests.getLast().name()).hasToString("shop/production/nightly");
    }
  }

  private Ran run(Map<String, String> environment, String... arguments) {
    CapturedCli cli = new CapturedCli(environment);
    cli.add("run", new SanitizeCommand(cli.console(), this::policy, this::sanitize));
    List<String> all = new ArrayList<>(List.of("run"));
    all.addAll(List.of(arguments));
    return new Ran(cli.run(all.toArray(String[]::new)), cli.out(), cli.err());
  }

  private Policy policy(String location, Map<String, String> values) {
    parameters.putAll(values);
    String yaml = "version: 1\nparameters: [A, ADMIN]\ntables: { public.t: truncate }\n";
    Map<String, String> all = new LinkedHashMap<>(Map.of("A", "", "ADMIN", ""));
    all.putAll(values);
    return new PolicyParser(MaskCatalog.standard())
        .parse(location, yaml.getBytes(UTF_8), PolicyFiles.none(), all);
  }

  private SanitizeResult sanitize(SanitizeRequest request) {
    requests.add(request);
    Map<String, Duration> timings = new LinkedHashMap<>();
    timings.put("load", Duration.ofMillis(1500));
    timings.put("publish", Duration.ofMillis(25));
    String manifest = request.store().locate(request.name().key(".manifest.json"));
    return duplicate
        ? new SanitizeResult.Duplicate(request.name(), manifest, timings)
        : new SanitizeResult.Published(
            request.name(),
            manifest,
            100,
            90,
            1234,
            timings,
            new SanitizeResult.Findings(2, List.of(), exceptions));
  }

  private record Ran(int exitCode, String out, String err) {}
}
