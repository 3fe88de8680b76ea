package dev.decant.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.error.RetryableException;
import dev.decant.manifest.Manifest;
import dev.decant.manifest.SnapshotName;
import dev.decant.sanitize.SanitizeResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SanitizeSnapshotHandlerTest {
  private static final String EVENT = "{\"source\": \"s3://raw/snapshots/b/production/a.sql\"}";

  private final List<String> calls = new ArrayList<>();
  private final List<@Nullable String> orders = new ArrayList<>();
  private SanitizeJob job = (dump, order, deadline) -> published();

  @Test
  void publishedSnapshotIsAnswered() throws IOException {
    JsonNode answer = call(EVENT);
    assertThat(answer.path("status").asText()).isEqualTo("published");
    assertThat(answer.path("source").asText()).isEqualTo("s3://raw/snapshots/b/production/a.sql");
    assertThat(answer.path("snapshot").asText()).isEqualTo("b/production/a");
    assertThat(answer.path("manifest").asText()).isEqualTo("s3://out/a.manifest.json");
    assertThat(answer.path("rowsIn").asLong()).isEqualTo(5);
    assertThat(answer.path("rows").asLong()).isEqualTo(4);
    assertThat(answer.path("bytes").asLong()).isEqualTo(77);
    assertThat(answer.path("seconds").isNumber()).isTrue();
    assertThat(answer.path("stages").path("load").asDouble()).isEqualTo(1.5);
  }

  @Test
  void duplicateIsNoError() throws IOException {
    job =
        (dump, order, deadline) ->
            new SanitizeResult.Duplicate(
                new SnapshotName("b", "production", "a"), "s3://out/a.manifest.json", Map.of());
    assertThat(call(EVENT).path("status").asText()).isEqualTo("duplicate");
  }

  @Test
  void whatIsNoDumpIsSkippedAndNothingRuns() throws IOException {
    JsonNode answer = call("{\"source\": \"s3://raw/snapshots/a.sql.md5\"}");
    assertThat(answer.path("status").asText()).isEqualTo("skipped");
    assertThat(answer.path("reason").asText()).contains("not named as a dump");
    assertThat(calls).isEmpty();
  }

  @Test
  void answerNamesTheExceptionsOfTheLeakTrace() throws IOException {
    assertThat(call(EVENT).at("/traceExceptions/0"))
        .isEqualTo(
            JsonMapper.builder()
                .build()
                .readTree("{\"subject\": \"public.t.a\", \"rule\": \"trace: false\"}"));
  }

  @Test
  void leftoversAreRemovedBeforeTheJobRuns() throws IOException {
    call(EVENT);
    assertThat(calls).containsExactly("leftovers", "s3://raw/snapshots/b/production/a.sql");
  }

  @Test
  void severalObjectsAreDoneOneAfterTheOther() throws IOException {
    String record =
        """
        {"eventName": "ObjectCreated:Put",
         "s3": {"bucket": {"name": "raw"}, "object": {"key": "snapshots/%s.sql"}}}
        """;
    JsonNode answer =
        call("{\"Records\":[" + record.formatted("a") + "," + record.formatted("b") + "]}");
    assertThat(answer.path("status").asText()).isEqualTo("several");
    assertThat(answer.path("results")).hasSize(2);
    assertThat(calls).contains("s3://raw/snapshots/a.sql", "s3://raw/snapshots/b.sql");
  }

  /** The message that fails and the one that is not understood come again, and no other. */
  @Test
  void oneBadMessageDoesNotRepeatTheOthers() throws IOException {
    job =
        (dump, order, deadline) -> {
          if (dump.key().endsWith("bad.sql")) {
            throw new DecantException(ErrorCode.INPUT_CUT, "the dump ends too early");
          }
          return published();
        };
    JsonNode answer =
        call(
            queue(
                "{\"source\": \"s3://raw/snapshots/b/production/a.sql\"}",
                "{\"source\": \"s3://raw/snapshots/b/production/bad.sql\"}",
                "no JSON",
                "{\"source\": \"s3://raw/snapshots/b/production/a.sql.md5\"}",
                "{\"source\": \"s3://raw/snapshots/b/production/c.sql\"}"));
    assertThat(answer)
        .hasToString(
            "{\"batchItemFailures\":[{\"itemIdentifier\":\"m1\"},{\"itemIdentifier\":\"m2\"}]}");
    assertThat(calls)
        .contains("s3://raw/snapshots/b/production/a.sql", "s3://raw/snapshots/b/production/c.sql");
    assertThat(orders).containsExactly("m0", "m1", "m4");
  }

  @Test
  void goodBatchHasNoFailures() throws IOException {
    assertThat(call(queue(EVENT))).hasToString("{\"batchItemFailures\":[]}");
  }

  /** Lambda keeps the ID of a request when it tries again, and a caller may give an ID. */
  @Test
  void orderIsThatOfTheRequestOrOfTheCaller() throws IOException {
    call(EVENT);
    call("{\"source\": \"s3://raw/snapshots/b/production/a.sql\", \"run\": \"execution-1\"}");
    assertThat(orders).containsExactly(null, "execution-1");
    assertThat(FunctionCall.order(new LambdaContext("request-1"))).isEqualTo("request-1");
  }

  @Test
  void failureThatMayPassHasAClassOfItsOwn() {
    job = failing(new DecantException(ErrorCode.BUSY, "Another run is at work."));
    assertThatThrownBy(() -> call(EVENT))
        .isInstanceOf(RetryableException.class)
        .hasMessage("BUSY: Another run is at work.");
    job = failing(new DecantException(ErrorCode.LEAK_FOUND, "a leak"));
    assertThatThrownBy(() -> call(EVENT)).isExactlyInstanceOf(DecantException.class);
  }

  private static String queue(String... bodies) {
    ObjectNode event = JsonMapper.builder().build().createObjectNode();
    for (String body : bodies) {
      ObjectNode message = event.withArray("Records").addObject();
      message.put("messageId", "m" + (event.path("Records").size() - 1));
      message.put("eventSource", "aws:sqs").put("body", body);
    }
    return event.toString();
  }

  @Test
  void jobIsToldToEndBeforeLambdaDoes() throws IOException {
    List<Instant> deadlines = new ArrayList<>();
    job =
        (dump, order, deadline) -> {
          deadlines.add(deadline);
          return published();
        };
    Instant before = Instant.now();
    call(EVENT);
    assertThat(deadlines.getFirst())
        .isBetween(
            before.plusSeconds(99).minus(SanitizeCall.MARGIN),
            Instant.now().plusSeconds(100).minus(SanitizeCall.MARGIN));
  }

  @Test
  void failureBeginsWithItsCodeAndSaysWhatToDo() {
    job = failing(new DecantException(ErrorCode.DEADLINE_NEAR, "no time for table public.orders"));
    assertThatThrownBy(() -> call(EVENT))
        .isInstanceOf(DecantException.class)
        .hasMessageStartingWith("DEADLINE_NEAR: no time for table public.orders. ")
        .hasMessageContaining("The function has ")
        .hasMessageEndingWith("MB of memory and can have 10240 MB. Its time limit can be 900 s.");
  }

  @Test
  void unexpectedExceptionShowsItsPlaceButNotItsText() {
    job = failing(new IllegalStateException("CANARY", new IOException("CANARY")));
    assertThatThrownBy(() -> call(EVENT))
        .isInstanceOf(DecantException.class)
        .hasMessageStartingWith("BUG: unexpected java.lang.IllegalStateException at ")
        .hasMessageContaining("SanitizeSnapshotHandlerTest")
        .hasNoCause()
        .message()
        .doesNotContain("CANARY");
  }

  /** Lambda would log the text of an error, too. */
  @Test
  void errorsShowNoTextEither() {
    job =
        (dump, order, deadline) -> {
          throw new AssertionError("CANARY");
        };
    assertThatThrownBy(() -> call(EVENT))
        .isInstanceOf(DecantException.class)
        .hasMessageStartingWith("BUG: unexpected java.lang.AssertionError at ")
        .hasNoCause()
        .message()
        .doesNotContain("CANARY");
    job =
        (dump, order, deadline) -> {
          throw new OutOfMemoryError("CANARY");
        };
    assertThatThrownBy(() -> call(EVENT))
        .hasMessageStartingWith("MEMORY_EXCEEDED: The function ran out of memory.")
        .message()
        .doesNotContain("CANARY");
  }

  @Test
  void causesAreNotToldToLambda() {
    job =
        failing(
            new DecantException(
                ErrorCode.STORE_FAILED, "cannot read", new IOException("connection reset")));
    assertThatThrownBy(() -> call(EVENT)).hasMessage("STORE_FAILED: cannot read").hasNoCause();
  }

  @Test
  void selfTestThatFailsStillReports() throws IOException {
    JsonNode report = call("{\"selfTest\": true}");
    assertThat(report.path("status").asText()).isEqualTo("self-test");
    assertThat(report.path("ready").asBoolean()).isFalse();
    assertThat(report.path("postgresql").path("error").asText())
        .isEqualTo("SCRATCH_FAILED: no server here");
    assertThat(report.path("java").path("version").asText()).startsWith("25");
    assertThat(report.path("temporary").path("freeBytes").asLong()).isPositive();
    assertThat(report.path("user").path("id").asInt()).isNotNegative();
    assertThat(report.path("shmget").asText()).isNotEmpty();
    assertThat(calls).isEmpty();
  }

  private SanitizeJob failing(RuntimeException exception) {
    return (dump, order, deadline) -> {
      throw exception;
    };
  }

  private JsonNode call(String event) throws IOException {
    Wiring wiring =
        new Wiring(
            () -> new DumpFilter("snapshots", "s3://out"),
            () -> calls.add("leftovers"),
            (dump, order, deadline) -> {
              calls.add(dump.uri());
              orders.add(order);
              return job.run(dump, order, deadline);
            },
            new SelfTest(
                Path.of("/tmp"),
                () -> {
                  throw new DecantException(ErrorCode.SCRATCH_FAILED, "no server here");
                }));
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    new SanitizeSnapshotHandler(wiring)
        .handleRequest(
            new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
            answer,
            new LocalContext("SanitizeSnapshot", Duration.ofSeconds(100)));
    return JsonMapper.builder().build().readTree(answer.toByteArray());
  }

  private static SanitizeResult published() {
    return new SanitizeResult.Published(
        new SnapshotName("b", "production", "a"),
        "s3://out/a.manifest.json",
        5,
        4,
        77,
        Map.of("load", Duration.ofMillis(1500)),
        new SanitizeResult.Findings(
            2,
            List.of(),
            List.of(new Manifest.LeakTrace.TraceException("public.t.a", "trace: false"))));
  }
}
