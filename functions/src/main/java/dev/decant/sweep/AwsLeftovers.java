package dev.decant.sweep;

import java.time.Instant;
import java.util.List;

/** What runs of the workflow left on AWS. */
public final class AwsLeftovers {
  private AwsLeftovers() {}

  /**
   * The kinds, in the order in which they are deleted. An instance goes before its cluster.
   *
   * @param workflow the ARN of the state machine that starts the runs
   * @param cluster the ARN of the ECS cluster in which only tasks of decant run
   */
  public static List<Leftovers> of(String workflow, String cluster, Instant now) {
    DeadRuns dead = new DeadRuns(workflow, new Executions(workflow), now);
    RdsLeftovers rds = new RdsLeftovers(dead);
    return List.of(
        new Tasks(dead, cluster),
        new Volumes(dead),
        Leftovers.of("RDS instance", rds::instances),
        Leftovers.of("RDS cluster", rds::clusters),
        Leftovers.of("RDS snapshot", rds::snapshots),
        Leftovers.of("RDS cluster snapshot", rds::clusterSnapshots),
        new ScratchSecrets(dead));
  }
}
