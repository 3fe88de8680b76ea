package dev.decant.hook;

import static dev.decant.hook.HookFixture.CONTEXT;
import static dev.decant.hook.HookFixture.retries;
import static dev.decant.hook.HookFixture.run;
import static dev.decant.hook.HookFixture.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.hook.AwsEndpoint.Answer;
import dev.decant.hook.AwsEndpoint.Request;
import dev.decant.target.FilledText;
import dev.decant.target.Hook;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Uses a server that answers as ECS does. Each time that it describes the service, one more task
 * has started or stopped.
 */
final class EcsServiceActionIT {
  private static final FilledText SERVICE = FilledText.of("app/backend");

  private final AtomicInteger desired = new AtomicInteger(3);
  private final AtomicInteger running = new AtomicInteger(3);
  private boolean stuck;
  private final AwsEndpoint ecs = new AwsEndpoint("aws.endpointUrlEcs", this::answer);

  EcsServiceActionIT() throws IOException {}

  @AfterEach
  void stop() {
    ecs.close();
  }

  private Answer answer(Request request) {
    if (!request.body().contains("backend")) {
      return new Answer(200, "", "{\"services\": [], \"failures\": [{\"reason\": \"MISSING\"}]}");
    }
    if (request.target().endsWith("UpdateService")) {
      desired.set(
          Integer.parseInt(request.body().replaceFirst(".*\"desiredCount\":(\\d+).*", "$1")));
      return new Answer(200, "", "{\"service\": " + service() + "}");
    }
    String service = service();
    if (!stuck) {
      running.addAndGet(Integer.signum(desired.get() - running.get()));
    }
    return new Answer(200, "", "{\"services\": [" + service + "]}");
  }

  private String service() {
    return "{\"desiredCount\": %d, \"runningCount\": %d, \"pendingCount\": 0}"
        .formatted(desired.get(), running.get());
  }

  @Test
  void serviceIsSetAndWaitedFor() {
    HookResult result = run(new Hook.EcsService(SERVICE, 0, retries(0)));
    assertThat(result.ok()).isTrue();
    assertThat(result.message()).isEqualTo("0 tasks run");
    assertThat(running).hasValue(0);
    assertThat(ecs.requests.get(1).target()).endsWith("UpdateService");
    assertThat(ecs.requests.get(1).body()).contains("\"cluster\":\"app\"");
  }

  @Test
  void inverseSetsTheServiceToWhatItWas() {
    HookResult result = run(new Hook.EcsService(SERVICE, 0, retries(0)));
    List<Hook> inverse = Hooks.inverse(List.of(result));
    assertThat(inverse).containsExactly(new Hook.EcsService(SERVICE, 3, retries(0)));
    List<HookResult> undone = Hooks.takeBack(List.of(result), CONTEXT, Duration.ofSeconds(20));
    assertThat(undone).extracting(HookResult::ok).containsExactly(true);
    assertThat(running).hasValue(3);
  }

  @Test
  void serviceThatIsAsItShouldBeHasNoInverse() {
    assertThat(run(new Hook.EcsService(SERVICE, 3, retries(0))).inverse()).isEmpty();
  }

  @Test
  void deadlineEndsTheWaitingAndTheInverseIsKnown() {
    stuck = true;
    HookResult result = run(new Hook.EcsService(SERVICE, 5, within(Duration.ofSeconds(1))));
    assertThat(result.ok()).isFalse();
    assertThat(result.message()).isEqualTo("the time of the hook is over, and 3 of 5 tasks run");
    assertThat(result.inverse()).isPresent();
  }

  @Test
  void takingBackWithLittleTimeSetsTheServiceAndDoesNotWait() {
    HookResult result = run(new Hook.EcsService(SERVICE, 0, within(Duration.ofMinutes(4))));
    stuck = true;
    List<HookResult> undone =
        Hooks.takeBack(List.of(result, result), CONTEXT, Duration.ofSeconds(1));
    assertThat(desired).hasValue(3);
    assertThat(undone)
        .hasSize(2)
        .allSatisfy(each -> assertThat(each.message()).startsWith("the time of the hook is over"))
        .allSatisfy(each -> assertThat(each.duration()).isLessThan(Duration.ofMinutes(1)));
  }

  @Test
  void serviceThatIsNotThereIsTold() {
    HookResult result = run(new Hook.EcsService(FilledText.of("app/other"), 1, retries(2)));
    assertThat(result.attempts()).isEqualTo(1);
    assertThat(result.message()).isEqualTo("the service does not exist");
    assertThat(ecs.requests).hasSize(1);
  }
}
