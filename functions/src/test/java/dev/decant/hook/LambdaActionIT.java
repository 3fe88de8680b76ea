package dev.decant.hook;

import static dev.decant.hook.HookFixture.CONTEXT;
import static dev.decant.hook.HookFixture.retries;
import static dev.decant.hook.HookFixture.run;
import static dev.decant.hook.HookFixture.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.decant.hook.AwsEndpoint.Answer;
import dev.decant.hook.AwsEndpoint.Service;
import dev.decant.target.FilledText;
import dev.decant.target.Hook;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Uses a server that answers as Lambda does. */
final class LambdaActionIT {
  private static final FilledText NAME = FilledText.of("run-migrations");

  private static AwsEndpoint lambda(Service service) throws IOException {
    return new AwsEndpoint("aws.endpointUrlLambda", service);
  }

  /** Answers once the test has ended, or after two minutes. */
  private static Answer late(CountDownLatch end) {
    try {
      var _ = end.await(2, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new Answer(200, "", "{}");
  }

  @Test
  void functionIsToldTheDatabaseWithoutAPassword() throws IOException {
    try (AwsEndpoint lambda = lambda(request -> new Answer(200, "", "{\"rows\": \"s3cret\"}"))) {
      HookResult result = run(new Hook.Lambda(NAME, retries(0)));
      assertThat(result.ok()).isTrue();
      assertThat(result.message()).isEqualTo("the function returned");
      assertThat(lambda.requests.getFirst().path())
          .isEqualTo("/2015-03-31/functions/run-migrations/invocations");
      JsonNode payload = json(lambda.requests.getFirst().body());
      assertThat(payload.path("database").asText()).isEqualTo("app_next_20260301000000");
      assertThat(payload.path("databaseUrl").asText()).isEqualTo(CONTEXT.databaseUrl());
      assertThat(payload.path("target").asText()).isEqualTo("staging");
      assertThat(payload.path("phase").asText()).isEqualTo("migrate");
      assertThat(payload.path("port").asInt()).isEqualTo(5433);
      assertThat(lambda.requests.toString()).doesNotContain(HookFixture.PASSWORD);
    }
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return new ObjectMapper().readTree(text);
  }

  @Test
  void errorOfTheFunctionIsAFailureWithoutItsPayload() throws IOException {
    try (AwsEndpoint lambda =
        lambda(request -> new Answer(200, "Unhandled", "{\"errorMessage\": \"s3cret\"}"))) {
      HookResult result = run(new Hook.Lambda(NAME, retries(1)));
      assertThat(result.ok()).isFalse();
      assertThat(result.attempts()).isEqualTo(2);
      assertThat(result.message()).isEqualTo("the function failed; its log has the reason");
      assertThat(lambda.requests).hasSize(2);
    }
  }

  @Test
  void functionThatIsNotThereIsNotCalledAgain() throws IOException {
    try (AwsEndpoint lambda =
        lambda(request -> new Answer(404, "", "{\"__type\": \"ResourceNotFoundException\"}"))) {
      HookResult result = run(new Hook.Lambda(NAME, retries(3)));
      assertThat(result.message()).isEqualTo("Lambda answered 404, ResourceNotFoundException");
      assertThat(lambda.requests).hasSize(1);
    }
  }

  /** By default, the SDK would call again, but a second call of a migration may do harm. */
  @Test
  void errorOfTheServiceIsTriedAgainByTheHookAlone() throws IOException {
    try (AwsEndpoint lambda = lambda(request -> new Answer(500, "", "{}"))) {
      HookResult result = run(new Hook.Lambda(NAME, retries(0)));
      assertThat(result.message()).startsWith("Lambda answered 500");
      assertThat(lambda.requests).hasSize(1);
    }
  }

  @Test
  void deadlineEndsTheWaiting() throws IOException {
    CountDownLatch end = new CountDownLatch(1);
    try (AwsEndpoint lambda = lambda(request -> late(end))) {
      HookResult result = run(new Hook.Lambda(NAME, within(Duration.ofSeconds(1))));
      // The endpoint waits for its answers when it is closed.
      end.countDown();
      assertThat(result.ok()).isFalse();
      assertThat(result.duration()).isLessThan(Duration.ofMinutes(1));
      assertThat(lambda.requests).hasSize(1);
    }
  }

  @Test
  void regionIsTheArns() throws IOException {
    try (AwsEndpoint lambda = lambda(request -> new Answer(200, "", "{}"))) {
      FilledText arn =
          FilledText.of("arn:aws:lambda:eu-central-1:123456789012:function:migrate:live");
      assertThat(run(new Hook.Lambda(arn, retries(0))).ok()).isTrue();
      assertThat(lambda.requests.getFirst().authorization()).contains("/eu-central-1/lambda/");
    }
  }
}
