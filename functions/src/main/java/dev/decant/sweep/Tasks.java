package dev.decant.sweep;

import dev.decant.aws.AwsHttp;
import dev.decant.aws.RunResources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskField;

/** The tasks of runs. ECS should delete the volume of a task together with the task. */
final class Tasks implements Leftovers {
  /** ECS describes at most so many tasks at once. */
  private static final int MOST = 100;

  private static final String STOPPED = "STOPPED";

  private final DeadRuns dead;
  private final String cluster;

  Tasks(DeadRuns dead, String cluster) {
    this.dead = dead;
    this.cluster = cluster;
  }

  @Override
  public String kind() {
    return "Fargate task";
  }

  @Override
  public List<Leftover> find() {
    return call("ListTasks", cluster, this::find);
  }

  private List<Leftover> find(EcsClient client) {
    List<String> arns =
        client.listTasksPaginator(r -> r.cluster(cluster)).taskArns().stream().toList();
    List<Leftover> found = new ArrayList<>();
    for (int from = 0; from < arns.size(); from += MOST) {
      List<String> some = arns.subList(from, Math.min(arns.size(), from + MOST));
      client
          .describeTasks(r -> r.cluster(cluster).tasks(some).include(TaskField.TAGS))
          .tasks()
          .stream()
          .filter(task -> !STOPPED.equals(task.desiredStatus()))
          .map(this::judge)
          .forEach(found::add);
    }
    return found;
  }

  private Leftover judge(Task task) {
    Map<String, String> tags = RunResources.tags(task.tags(), Tag::key, Tag::value);
    return dead.judge(task.taskArn(), tags, task.createdAt(), () -> stop(task.taskArn()));
  }

  private Optional<String> stop(String task) {
    return call(
        "StopTask",
        task,
        client -> {
          client.stopTask(
              r -> r.cluster(cluster).task(task).reason("Its run ended. decant sweeps."));
          return Optional.empty();
        });
  }

  private static <T> T call(String action, String what, Function<EcsClient, T> call) {
    return AwsCall.of(
        () -> EcsClient.builder().httpClientBuilder(AwsHttp.usual()).build(),
        "ecs:" + action,
        what,
        call);
  }
}
