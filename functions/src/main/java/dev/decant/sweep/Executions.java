package dev.decant.sweep;

import dev.decant.aws.AwsErrors;
import dev.decant.aws.AwsHttp;
import dev.decant.aws.RunResources;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** The runs of the workflow that are at work. They are read once. */
final class Executions implements Supplier<Set<String>> {
  private final String workflow;
  private Set<String> runs = Set.of();
  private boolean known;

  /**
   * @param workflow the ARN of the state machine
   */
  Executions(String workflow) {
    this.workflow = workflow;
  }

  @Override
  public Set<String> get() {
    if (!known) {
      runs = read();
      known = true;
    }
    return runs;
  }

  private Set<String> read() {
    try (SfnClient client = SfnClient.builder().httpClientBuilder(AwsHttp.usual()).build()) {
      return client
          .listExecutionsPaginator(
              r -> r.stateMachineArn(workflow).statusFilter(ExecutionStatus.RUNNING))
          .executions()
          .stream()
          .map(execution -> RunResources.run(execution.name()))
          .collect(Collectors.toUnmodifiableSet());
    } catch (SdkException e) {
      throw AwsErrors.OF_STORE.failure("states:ListExecutions", workflow, e);
    }
  }
}
