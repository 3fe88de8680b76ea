package dev.decant.lambda;

import dev.decant.aws.AwsErrors;
import dev.decant.aws.AwsHttp;
import dev.decant.aws.RunResources;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.ServerAddress;
import dev.decant.postgres.ServerUrl;
import dev.decant.setting.Setting;
import dev.decant.setting.Settings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.ClusterPendingModifiedValues;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbInstanceAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.DbParameterGroupNotFoundException;
import software.amazon.awssdk.services.rds.model.DbSubnetGroupNotFoundException;
import software.amazon.awssdk.services.rds.model.InstanceQuotaExceededException;
import software.amazon.awssdk.services.rds.model.InsufficientDbInstanceCapacityException;
import software.amazon.awssdk.services.rds.model.InvalidDbClusterStateException;
import software.amazon.awssdk.services.rds.model.InvalidDbInstanceStateException;
import software.amazon.awssdk.services.rds.model.PendingModifiedValues;
import software.amazon.awssdk.services.rds.model.StorageQuotaExceededException;
import software.amazon.awssdk.services.rds.model.Tag;

/**
 * The RDS instance that a run restored from a snapshot of production, or the scratch server that it
 * creates. A restored instance has production's passwords until its master password is set to a
 * generated one. An instance of Aurora belongs to a cluster of the same name, and the password is
 * the cluster's.
 */
final class ScratchInstance {
  private static final AwsErrors ERRORS =
      new AwsErrors(ErrorCode.DATABASE_FAILED, ErrorCode.DATABASE_UNAVAILABLE);

  private final ScratchEvent event;
  private final ScratchSecret secret;
  private final Map<String, String> environment;

  ScratchInstance(ScratchEvent event, Map<String, String> environment) {
    this.event = event;
    this.secret = new ScratchSecret(event);
    this.environment = environment;
  }

  /**
   * Generates the password, keeps it in the secret, and creates the scratch server of the run with
   * it. If an earlier call has created the server, it stays as it is.
   *
   * @return the names of the secret and of the master user
   */
  Map<String, Object> createServer() {
    NewServer server = event.server().orElseThrow();
    String password = secret.make(NewServer.USER, server.tags());
    CreateDbInstanceRequest request = server.request(event.instance(), event.run(), password);
    try (RdsClient client = client()) {
      called("CreateDBInstance", () -> client.createDBInstance(request));
    } catch (DbInstanceAlreadyExistsException e) {
      try (RdsClient client = client()) {
        ownInstance(client);
      }
    }
    return Map.of("secret", secret.name(), "user", NewServer.USER);
  }

  /**
   * Generates the password, keeps it in the secret, and tells RDS to set it. The same change turns
   * automated backups off, because a backup would be a copy of production.
   *
   * @return the names of the secret and of the master user
   */
  Map<String, Object> resetPassword() {
    try (RdsClient client = client()) {
      DBInstance instance = ownInstance(client);
      String password =
          secret.make(
              instance.masterUsername(),
              RunResources.tags(instance.tagList(), Tag::key, Tag::value));
      String cluster = instance.dbClusterIdentifier();
      if (cluster == null) {
        called(
            "ModifyDBInstance",
            () ->
                client.modifyDBInstance(
                    request ->
                        request
                            .dbInstanceIdentifier(event.instance())
                            .masterUserPassword(password)
                            .backupRetentionPeriod(0)
                            .applyImmediately(true)));
      } else {
        called(
            "ModifyDBCluster",
            () ->
                client.modifyDBCluster(
                    request ->
                        request
                            .dbClusterIdentifier(cluster)
                            .masterUserPassword(password)
                            .applyImmediately(true)));
      }
      return Map.of("secret", secret.name(), "user", instance.masterUsername());
    }
  }

  /**
   * Finds out whether the worker can log in.
   *
   * @return {@code ready}, and the reason if it is not
   */
  Map<String, Object> login() {
    try (RdsClient client = client()) {
      DBInstance instance = ownInstance(client);
      if (!"available".equals(instance.dbInstanceStatus())) {
        return notReady("the instance has the status " + instance.dbInstanceStatus());
      }
      if (hasPendingChanges(client, instance)) {
        return notReady("a change of the instance is pending");
      }
      return connected(instance);
    }
  }

  private Map<String, Object> connected(DBInstance instance) {
    Map<String, String> properties = new HashMap<>(Map.of("sslmode", "verify-full"));
    new Settings(environment)
        .path(Setting.SOURCE_SSLROOTCERT)
        .ifPresent(file -> properties.put("sslrootcert", file.toString()));
    ServerAddress address =
        new ServerAddress(
            instance.endpoint().address(),
            instance.endpoint().port(),
            instance.masterUsername(),
            "",
            event.database(),
            properties);
    ServerAddress server =
        ServerUrl.parse(
            ServerUrl.of(address, event.database()), Map.of("PGPASSWORD", secret.password()));
    try (Connection connection = server.connect(event.database())) {
      return Map.of("ready", connection.isValid(10), "reason", "");
    } catch (DecantException e) {
      return notReady(String.valueOf(e.getMessage()));
    } catch (SQLException e) {
      return notReady("the connection ended");
    }
  }

  /** Deletes the secret. */
  Map<String, Object> forget() {
    secret.delete();
    return Map.of("forgotten", true);
  }

  /** The instance, which must have the tag of this run. */
  private DBInstance ownInstance(RdsClient client) {
    DBInstance instance =
        called(
            "DescribeDBInstances",
            () ->
                client
                    .describeDBInstances(r -> r.dbInstanceIdentifier(event.instance()))
                    .dbInstances()
                    .getFirst());
    Map<String, String> tags = RunResources.tags(instance.tagList(), Tag::key, Tag::value);
    if (!event.run().equals(tags.get(RunResources.TAG))) {
      throw new DecantException(
          ErrorCode.REFUSED,
          "The instance "
              + event.instance()
              + " does not have the tag "
              + RunResources.TAG
              + "="
              + event.run()
              + ", so it is not the instance of this run. Nothing was changed. Find out who made"
              + " it.");
    }
    return instance;
  }

  private boolean hasPendingChanges(RdsClient client, DBInstance instance) {
    PendingModifiedValues pending = instance.pendingModifiedValues();
    String cluster = instance.dbClusterIdentifier();
    return (pending != null && !pending.equals(PendingModifiedValues.builder().build()))
        || (cluster != null && hasPendingChanges(client, cluster));
  }

  private boolean hasPendingChanges(RdsClient client, String name) {
    DBCluster cluster =
        called(
            "DescribeDBClusters",
            () ->
                client
                    .describeDBClusters(r -> r.dbClusterIdentifier(name))
                    .dbClusters()
                    .getFirst());
    ClusterPendingModifiedValues pending = cluster.pendingModifiedValues();
    return pending != null && !pending.equals(ClusterPendingModifiedValues.builder().build());
  }

  private static Map<String, Object> notReady(String reason) {
    return Map.of("ready", false, "reason", reason);
  }

  private <T> T called(String operation, Supplier<T> call) {
    try {
      return call.get();
    } catch (InvalidDbInstanceStateException | InvalidDbClusterStateException e) {
      throw new DecantException(
          ErrorCode.DATABASE_UNAVAILABLE,
          "The instance "
              + event.instance()
              + " cannot be changed in its present state. The workflow calls again until it can.");
    } catch (DbInstanceAlreadyExistsException e) {
      throw e;
    } catch (InsufficientDbInstanceCapacityException
        | InstanceQuotaExceededException
        | StorageQuotaExceededException e) {
      throw new DecantException(
          ErrorCode.DATABASE_UNAVAILABLE,
          "RDS cannot create the instance "
              + event.instance()
              + " now, because it has no capacity or a quota of the account is reached. The"
              + " workflow calls again for an hour. Ask AWS for a higher quota if it stays so.");
    } catch (DbInstanceNotFoundException e) {
      throw new DecantException(
          ErrorCode.DATABASE_FAILED,
          "The instance "
              + event.instance()
              + " does not exist. The event history of the execution shows whether it was restored."
              + " Start the run again.");
    } catch (DbSubnetGroupNotFoundException | DbParameterGroupNotFoundException e) {
      throw new DecantException(
          ErrorCode.DATABASE_FAILED,
          "The subnet group or the parameter group of the instance "
              + event.instance()
              + " does not exist. The workflow names them, and the stack creates them. Deploy the"
              + " stack again.");
    } catch (SdkException e) {
      throw ERRORS.failure("rds:" + operation, "the instance " + event.instance(), e);
    }
  }

  /** Makes a client. The caller closes it. */
  static RdsClient client() {
    return RdsClient.builder().httpClientBuilder(AwsHttp.usual()).build();
  }
}
