package dev.decant.lambda;

import dev.decant.aws.RunResources;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DbClusterSnapshotNotFoundException;
import software.amazon.awssdk.services.rds.model.DbSnapshotNotFoundException;
import software.amazon.awssdk.services.rds.model.Tag;

/**
 * A snapshot as RDS describes it.
 *
 * @param taken when the original snapshot was taken
 */
record RdsSnapshot(
    Subject subject, String status, Storage storage, Instant taken, Map<String, String> tags) {
  private static final int DEFAULT_PORT = 5432;

  /**
   * The instance or cluster of a snapshot.
   *
   * @param database its identifier
   */
  record Subject(String database, String engine, String engineVersion, String master, int port) {}

  /**
   * The storage of a snapshot.
   *
   * @param gibibytes the allocated storage
   * @param key the ARN of the KMS key that encrypts it
   */
  record Storage(long gibibytes, @Nullable String type, boolean encrypted, @Nullable String key) {}

  String database() {
    return subject.database();
  }

  String engine() {
    return subject.engine();
  }

  String engineVersion() {
    return subject.engineVersion();
  }

  String master() {
    return subject.master();
  }

  int port() {
    return subject.port();
  }

  long gibibytes() {
    return storage.gibibytes();
  }

  @Nullable String storageType() {
    return storage.type();
  }

  boolean encrypted() {
    return storage.encrypted();
  }

  /** Whether it is encrypted, and with a key of this account. */
  boolean hasKeyOf(String account) {
    return encrypted() && storage.key() != null && storage.key().contains(':' + account + ":key/");
  }

  /**
   * Asks RDS for a snapshot. It is empty if it does not exist.
   *
   * @param shared whether another account shares it
   */
  static Optional<RdsSnapshot> find(RdsClient client, SnapshotArn arn, boolean shared) {
    try {
      return arn.cluster() ? cluster(client, arn, shared) : instance(client, arn, shared);
    } catch (DbSnapshotNotFoundException | DbClusterSnapshotNotFoundException e) {
      return Optional.empty();
    }
  }

  private static Optional<RdsSnapshot> instance(RdsClient client, SnapshotArn arn, boolean shared) {
    List<DBSnapshot> found =
        client
            .describeDBSnapshots(
                request ->
                    request
                        .dbSnapshotIdentifier(shared ? arn.text() : arn.id())
                        .snapshotType(type(arn, shared))
                        .includeShared(shared ? true : null))
            .dbSnapshots();
    return found.stream().findFirst().map(RdsSnapshot::of);
  }

  private static Optional<RdsSnapshot> cluster(RdsClient client, SnapshotArn arn, boolean shared) {
    List<DBClusterSnapshot> found =
        client
            .describeDBClusterSnapshots(
                request ->
                    request
                        .dbClusterSnapshotIdentifier(shared ? arn.text() : arn.id())
                        .snapshotType(type(arn, shared))
                        .includeShared(shared ? true : null))
            .dbClusterSnapshots();
    return found.stream().findFirst().map(RdsSnapshot::of);
  }

  /** RDS wants the type with the ID of a snapshot that nobody made by hand. */
  private static @Nullable String type(SnapshotArn arn, boolean shared) {
    if (shared) {
      return "shared";
    }
    return arn.id().startsWith("rds:")
        ? "automated"
        : arn.id().startsWith("awsbackup:") ? "awsbackup" : null;
  }

  private static RdsSnapshot of(DBSnapshot snapshot) {
    return new RdsSnapshot(
        new Subject(
            snapshot.dbInstanceIdentifier(),
            snapshot.engine(),
            snapshot.engineVersion(),
            snapshot.masterUsername(),
            port(snapshot.port())),
        snapshot.status(),
        new Storage(
            gibibytes(snapshot.allocatedStorage()),
            snapshot.storageType(),
            Boolean.TRUE.equals(snapshot.encrypted()),
            snapshot.kmsKeyId()),
        taken(snapshot.originalSnapshotCreateTime(), snapshot.snapshotCreateTime()),
        RunResources.tags(snapshot.tagList(), Tag::key, Tag::value));
  }

  private static RdsSnapshot of(DBClusterSnapshot snapshot) {
    return new RdsSnapshot(
        new Subject(
            snapshot.dbClusterIdentifier(),
            snapshot.engine(),
            snapshot.engineVersion(),
            snapshot.masterUsername(),
            port(snapshot.port())),
        snapshot.status(),
        new Storage(
            gibibytes(snapshot.allocatedStorage()),
            snapshot.storageType(),
            Boolean.TRUE.equals(snapshot.storageEncrypted()),
            snapshot.kmsKeyId()),
        taken(null, snapshot.snapshotCreateTime()),
        RunResources.tags(snapshot.tagList(), Tag::key, Tag::value));
  }

  /** The time of a copy is that of its original. A snapshot that is being made may have none. */
  private static Instant taken(@Nullable Instant original, @Nullable Instant made) {
    return original != null ? original : made != null ? made : Instant.EPOCH;
  }

  private static int port(@Nullable Integer port) {
    return port == null || port == 0 ? DEFAULT_PORT : port;
  }

  private static long gibibytes(@Nullable Integer size) {
    return size == null ? 0 : size;
  }
}
