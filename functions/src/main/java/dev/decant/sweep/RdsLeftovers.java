package dev.decant.sweep;

import dev.decant.aws.AwsHttp;
import dev.decant.aws.RunResources;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.DbClusterSnapshotNotFoundException;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.DbSnapshotNotFoundException;
import software.amazon.awssdk.services.rds.model.InvalidDbClusterSnapshotStateException;
import software.amazon.awssdk.services.rds.model.InvalidDbClusterStateException;
import software.amazon.awssdk.services.rds.model.InvalidDbInstanceStateException;
import software.amazon.awssdk.services.rds.model.InvalidDbSnapshotStateException;
import software.amazon.awssdk.services.rds.model.Tag;

/**
 * The instances, clusters and copied snapshots of runs. A deletion only begins here: RDS takes
 * minutes. No final snapshot is made and no backup is kept, because either would be a copy of
 * production.
 */
final class RdsLeftovers {
  private static final String DELETING = "deleting";
  private static final String BUSY =
      "RDS cannot delete it in its present state. The next sweep tries again.";

  private final DeadRuns dead;

  RdsLeftovers(DeadRuns dead) {
    this.dead = dead;
  }

  List<Leftover> instances() {
    return call(
        "DescribeDBInstances",
        "the instances",
        client ->
            client.describeDBInstancesPaginator().dbInstances().stream()
                .filter(each -> each.dbInstanceIdentifier().startsWith(RunResources.INSTANCE))
                .filter(each -> !DELETING.equals(each.dbInstanceStatus()))
                .map(this::instance)
                .toList());
  }

  private Leftover instance(DBInstance instance) {
    String name = instance.dbInstanceIdentifier();
    return dead.judge(
        name,
        RunResources.INSTANCE,
        RunResources.tags(instance.tagList(), Tag::key, Tag::value),
        instance.instanceCreateTime(),
        () ->
            delete(
                "DeleteDBInstance",
                name,
                client ->
                    client.deleteDBInstance(
                        request ->
                            request
                                .dbInstanceIdentifier(name)
                                .skipFinalSnapshot(true)
                                .deleteAutomatedBackups(true))));
  }

  List<Leftover> clusters() {
    return call(
        "DescribeDBClusters",
        "the clusters",
        client ->
            client.describeDBClustersPaginator().dbClusters().stream()
                .filter(each -> each.dbClusterIdentifier().startsWith(RunResources.INSTANCE))
                .filter(each -> !DELETING.equals(each.status()))
                .map(this::cluster)
                .toList());
  }

  private Leftover cluster(DBCluster cluster) {
    String name = cluster.dbClusterIdentifier();
    return dead.judge(
        name,
        RunResources.INSTANCE,
        RunResources.tags(cluster.tagList(), Tag::key, Tag::value),
        cluster.clusterCreateTime(),
        () ->
            delete(
                "DeleteDBCluster",
                name,
                client ->
                    client.deleteDBCluster(
                        request ->
                            request
                                .dbClusterIdentifier(name)
                                .skipFinalSnapshot(true)
                                .deleteAutomatedBackups(true))));
  }

  List<Leftover> snapshots() {
    return call(
        "DescribeDBSnapshots",
        "the snapshots",
        client ->
            client
                .describeDBSnapshotsPaginator(r -> r.snapshotType("manual"))
                .dbSnapshots()
                .stream()
                .filter(each -> each.dbSnapshotIdentifier().startsWith(RunResources.COPY))
                .map(this::snapshot)
                .toList());
  }

  private Leftover snapshot(DBSnapshot snapshot) {
    String name = snapshot.dbSnapshotIdentifier();
    return dead.judge(
        name,
        RunResources.COPY,
        RunResources.tags(snapshot.tagList(), Tag::key, Tag::value),
        snapshot.snapshotCreateTime(),
        () ->
            delete(
                "DeleteDBSnapshot",
                name,
                client -> client.deleteDBSnapshot(request -> request.dbSnapshotIdentifier(name))));
  }

  List<Leftover> clusterSnapshots() {
    return call(
        "DescribeDBClusterSnapshots",
        "the cluster snapshots",
        client ->
            client
                .describeDBClusterSnapshotsPaginator(r -> r.snapshotType("manual"))
                .dbClusterSnapshots()
                .stream()
                .filter(each -> each.dbClusterSnapshotIdentifier().startsWith(RunResources.COPY))
                .map(this::clusterSnapshot)
                .toList());
  }

  private Leftover clusterSnapshot(DBClusterSnapshot snapshot) {
    String name = snapshot.dbClusterSnapshotIdentifier();
    return dead.judge(
        name,
        RunResources.COPY,
        RunResources.tags(snapshot.tagList(), Tag::key, Tag::value),
        snapshot.snapshotCreateTime(),
        () ->
            delete(
                "DeleteDBClusterSnapshot",
                name,
                client ->
                    client.deleteDBClusterSnapshot(
                        request -> request.dbClusterSnapshotIdentifier(name))));
  }

  /** Begins a deletion. The run may have deleted the resource meanwhile. */
  private static Optional<String> delete(String action, String name, Consumer<RdsClient> deletion) {
    return call(
        action,
        name,
        client -> {
          try {
            deletion.accept(client);
            return Optional.empty();
          } catch (DbInstanceNotFoundException
              | DbClusterNotFoundException
              | DbSnapshotNotFoundException
              | DbClusterSnapshotNotFoundException e) {
            return Optional.empty();
          } catch (InvalidDbInstanceStateException
              | InvalidDbClusterStateException
              | InvalidDbSnapshotStateException
              | InvalidDbClusterSnapshotStateException e) {
            return Optional.of(BUSY);
          }
        });
  }

  private static <T> T call(String action, String what, Function<RdsClient, T> call) {
    return AwsCall.of(
        () -> RdsClient.builder().httpClientBuilder(AwsHttp.usual()).build(),
        "rds:" + action,
        what,
        call);
  }
}
