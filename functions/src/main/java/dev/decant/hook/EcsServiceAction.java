package dev.decant.hook;

import dev.decant.target.Hook;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Service;

/** Sets the desired count of an ECS service, and waits until that many tasks run. */
final class EcsServiceAction implements Action {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration MOST_PAUSE = Duration.ofSeconds(5);

  private final Hook.EcsService hook;
  private volatile @Nullable Integer before;

  EcsServiceAction(Hook.EcsService hook) {
    this.hook = hook;
  }

  @Override
  public String attempt(Deadline deadline) throws InterruptedException {
    try (EcsClient client = AwsCalls.call("ECS", () -> client(deadline))) {
      Service service = describe(client);
      if (before == null) {
        before = service.desiredCount();
      }
      var _ =
          AwsCalls.call(
              "ECS",
              () ->
                  client.updateService(
                      request ->
                          request
                              .cluster(hook.cluster())
                              .service(hook.serviceName())
                              .desiredCount(hook.desired())));
      return await(client, deadline);
    }
  }

  private String await(EcsClient client, Deadline deadline) throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    while (true) {
      Service service = describe(client);
      int running = service.runningCount();
      if (running == hook.desired() && service.pendingCount() == 0) {
        return running + (running == 1 ? " task runs" : " tasks run");
      }
      Thread.sleep(deadline.left(pause));
      pause = pause.multipliedBy(2).compareTo(MOST_PAUSE) < 0 ? pause.multipliedBy(2) : MOST_PAUSE;
      if (deadline.isPast()) {
        throw HookFailure.lasting(
            "the time of the hook is over, and "
                + running
                + " of "
                + hook.desired()
                + " tasks run");
      }
    }
  }

  /** Fails if the service does not exist. Nothing is changed. */
  void require(Deadline deadline) {
    try (EcsClient client = AwsCalls.call("ECS", () -> client(deadline))) {
      describe(client);
    }
  }

  private Service describe(EcsClient client) {
    return AwsCalls.call(
            "ECS",
            () ->
                client.describeServices(
                    request -> request.cluster(hook.cluster()).services(hook.serviceName())))
        .services()
        .stream()
        .findFirst()
        .orElseThrow(() -> HookFailure.lasting("the service does not exist"));
  }

  private static EcsClient client(Deadline deadline) {
    return EcsClient.builder()
        .httpClientBuilder(AwsCalls.http(deadline))
        .overrideConfiguration(AwsCalls.once(deadline))
        .build();
  }

  @Override
  public Optional<Hook> inverse() {
    return Optional.ofNullable(before)
        .filter(count -> count != hook.desired())
        .map(count -> new Hook.EcsService(hook.service(), count, hook.limits()));
  }
}
