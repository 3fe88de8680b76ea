package dev.decant.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.hook.AwsEndpoint;
import dev.decant.setting.Settings;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uses a server that gives the answers of RDS which moto cannot give: states and shares. */
final class SnapshotPlanIT {
  private static final String FUNCTION =
      "arn:aws:lambda:eu-central-1:123456789012:function:PlanRun";

  private final AwsEndpoint endpoint;
  private String status = "available";

  SnapshotPlanIT() throws IOException {
    endpoint =
        new AwsEndpoint("aws.endpointUrlRds", _ -> new AwsEndpoint.Answer(200, "", answer()));
  }

  private boolean encrypted = true;
  private String key = "arn:aws:kms:eu-central-1:123456789012:key/production";

  private String answer() {
    return """
    <DescribeDBSnapshotsResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/">
      <DescribeDBSnapshotsResult><DBSnapshots><DBSnapshot>
        <DBSnapshotIdentifier>x</DBSnapshotIdentifier>
        <DBInstanceIdentifier>shop</DBInstanceIdentifier>
        <SnapshotCreateTime>2026-03-24T01:00:00Z</SnapshotCreateTime>
        <OriginalSnapshotCreateTime>2026-03-23T06:00:00Z</OriginalSnapshotCreateTime>
        <Engine>postgres</Engine><EngineVersion>17.4</EngineVersion>
        <AllocatedStorage>20</AllocatedStorage><Status>%s</Status><Port>5433</Port>
        <MasterUsername>master</MasterUsername><StorageType>gp3</StorageType>
        <Encrypted>%s</Encrypted><KmsKeyId>%s</KmsKeyId>
      </DBSnapshot></DBSnapshots></DescribeDBSnapshotsResult>
    </DescribeDBSnapshotsResponse>
    """
        .formatted(status, encrypted, key);
  }

  @AfterEach
  void stop() {
    endpoint.close();
  }

  /** The form that RDS got last. */
  private String request() {
    return URLDecoder.decode(endpoint.requests.getLast().body(), UTF_8);
  }

  private static Map<String, @Nullable Object> plan(String account, String id, boolean byHand) {
    SnapshotArn arn =
        SnapshotArn.of("arn:aws:rds:eu-central-1:" + account + ":snapshot:" + id).orElseThrow();
    return new SnapshotPlan(new Settings(Map.of()), FUNCTION)
        .of(new PlanEvent.Snapshot(arn, byHand), "0".repeat(24))
        .answer();
  }

  /** An encrypted snapshot of another account cannot be restored directly. */
  @Test
  void sharedSnapshotIsCopiedFirst() {
    Map<String, @Nullable Object> plan = plan("999999999999", "weekly", true);
    assertThat(request())
        .contains(
            "DBSnapshotIdentifier=arn:aws:rds:eu-central-1:999999999999:snapshot:weekly",
            "SnapshotType=shared",
            "IncludeShared=true");
    assertThat(String.valueOf(plan.get("rds")))
        .contains("copy=true", "snapshot=arn:aws:rds:eu-central-1:999999999999:snapshot:weekly");
    // The copy is younger than the data.
    assertThat(plan).containsEntry("name", "shop_20260323-060000");
  }

  @Test
  void automatedSnapshotOfThisAccountIsRestoredDirectly() {
    Map<String, @Nullable Object> plan = plan("123456789012", "rds:shop-2026-03-23", false);
    assertThat(request())
        .contains("DBSnapshotIdentifier=rds:shop-2026-03-23", "SnapshotType=automated")
        .doesNotContain("IncludeShared");
    assertThat(String.valueOf(plan.get("rds")))
        .contains("copy=false", "snapshot=rds:shop-2026-03-23", "port=5433", "storageType=gp3");
  }

  @Test
  void snapshotWithKeyOfAnotherAccountIsCopiedFirst() {
    key = key.replace("123456789012", "999999999999");
    assertThat(String.valueOf(plan("123456789012", "rds:shop-2026-03-23", false).get("rds")))
        .contains("copy=true");
  }

  @Test
  void snapshotThatIsNotEncryptedIsCopiedFirst() {
    encrypted = false;
    assertThat(String.valueOf(plan("123456789012", "rds:shop-2026-03-23", false).get("rds")))
        .contains("copy=true");
  }

  @Test
  void snapshotThatIsStillBeingMadeIsTriedAgain() {
    status = "creating";
    assertThatThrownBy(() -> plan("123456789012", "x", false))
        .isInstanceOfSatisfying(
            DecantException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE))
        .hasMessageContaining("is still being made");
  }

  @ParameterizedTest
  @ValueSource(strings = {"failed", "deleting", "incompatible-restore"})
  void failedOrDeletedSnapshotIsSkippedByName(String state) {
    status = state;
    assertThat(plan("123456789012", "x", false))
        .containsEntry("worker", "skip")
        .extractingByKey("reason")
        .asString()
        .contains("snapshot:x has the status " + state);
    assertThatThrownBy(() -> plan("123456789012", "x", true)).hasMessageContaining(state);
  }
}
