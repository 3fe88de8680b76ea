package dev.decant.sweep;

import dev.decant.aws.RunResources;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
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
                .filter(each -> isOurs(each.dbInstanceIdentifier(), RunResources.INSTANCE))
                .filter(each -> !DELETING.equals(each.dbInstanceStatus()))
                .map(this::instance)
                .toList());
  }

  private Leftover instance(DBInstance instance) {
    String name = instance.dbInstanceIdentifier();
    return dead.judge(
        name,
        RunResources.INSTANCE,
        tags(instance.tagList()),
        instance.instanceCreateTime(),
        () -> delete("DeleteDBInstance", name, client -> deleteInstance(client, name)));
  }

  private static Optional<String> deleteInstance(RdsClient client, String name) {
    try {
      client.deleteDBInstance(
          request ->
              request
                  .dbInstanceIdentifier(name)
                  .skipFinalSnapshot(true)
                  .deleteAutomatedBackups(true));
      return Optional.empty();
    } catch (DbInstanceNotFoundException e) {
      return Optional.empty();
    } catch (InvalidDbInstanceStateException e) {
      return Optional.of(BUSY);
    }
  }

  List<Leftover> clusters() {
    return call(
        "DescribeDBClusters",
        "the clusters",
        client ->
            client.describeDBClustersPaginator().dbClusters().stream()
                .filter(each -> isOurs(each.dbClusterIdentifier(), RunResources.INSTANCE))
                .filter(each -> !DELETING.equals(each.status()))
                .map(this::cluster)
                .toList());
  }

  private Leftover cluster(DBCluster cluster) {
    String name = cluster.dbClusterIdentifier();
    return dead.judge(
        name,
        RunResources.INSTANCE,
        tags(cluster.tagList()),
        cluster.clusterCreateTime(),
        () -> delete("DeleteDBCluster", name, client -> deleteCluster(client, name)));
  }

  private static Optional<String> deleteCluster(RdsClient client, String name) {
    try {
      client.deleteDBCluster(
          request ->
              request
                  .dbClusterIdentifier(name)
                  .skipFinalSnapshot(true)
                  .deleteAutomatedBackups(true));
      return Optional.empty();
    } catch (DbClusterNotFoundException e) {
      return Optional.empty();
    } catch (InvalidDbClusterStateException e) {
      return Optional.of(BUSY);
    }
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
                .filter(each -> isOurs(each.dbSnapshotIdentifier(), RunResources.COPY))
                .map(this::snapshot)
                .toList());
  }

  private Leftover snapshot(DBSnapshot snapshot) {
    String name = snapshot.dbSnapshotIdentifier();
    return dead.judge(
        name,
        RunResources.COPY,
        tags(snapshot.tagList()),
        snapshot.snapshotCreateTime(),
        () -> delete("DeleteDBSnapshot", name, client -> deleteSnapshot(client, name)));
  }

  private static Optional<String> deleteSnapshot(RdsClient client, String name) {
    try {
      client.deleteDBSnapshot(request -> request.dbSnapshotIdentifier(name));
      return Optional.empty();
    } catch (DbSnapshotNotFoundException e) {
      return Optional.empty();
    } catch (InvalidDbSnapshotStateException e) {
      return Optional.of(BUSY);
    }
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
                .filter(each -> isOurs(each.dbClusterSnapshotIdentifier(), RunResources.COPY))
                .map(this::clusterSnapshot)
                .toList());
  }

  private Leftover clusterSnapshot(DBClusterSnapshot snapshot) {
    String name = snapshot.dbClusterSnapshotIdentifier();
    return dead.judge(
        name,
        RunResources.COPY,
        tags(snapshot.tagList()),
        snapshot.snapshotCreateTime(),
        () ->
            delete("DeleteDBClusterSnapshot", name, client -> deleteClusterSnapshot(client, name)));
  }

  private static Optional<String> deleteClusterSnapshot(RdsClient client, String name) {
    try {
      client.deleteDBClusterSnapshot(request -> request.dbClusterSnapshotIdentifier(name));
      return Optional.empty();
    } catch (DbClusterSnapshotNotFoundException e) {
      return Optional.empty();
    } catch (InvalidDbClusterSnapshotStateException e) {
      return Optional.of(BUSY);
    }
  }

  private static boolean isOurs(String name, String prefix) {
    return name.startsWith(prefix);
  }

  private static Optional<String> delete(
      String action, String name, Function<RdsClient, Optional<String>> deletion) {
    return call(action, name, deletion);
  }

  private static <T> T call(String action, String what, Function<RdsClient, T> call) {
    return AwsCall.of(
        () -> RdsClient.builder().httpClientBuilder(RunResources.http()).build(),
        "rds:" + action,
        what,
        call);
  }

  private static Map<String, String> tags(List<Tag> tags) {
    return tags.stream().collect(Collectors.toMap(Tag::key, Tag::value, (first, _) -> first));
  }
}
