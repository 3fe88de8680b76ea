package dev.decant.sanitize;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.policy.MaskCatalog;
import dev.decant.policy.parse.PolicyParser;
import dev.decant.store.SnapshotStore;
import dev.decant.store.Stores;
import dev.decant.testing.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies in the places where a function finds them: in its package, and in a real S3 API. */
final class PolicyReaderIT {
  private static final String YAML =
      """
      version: 1
      tables:
        public.users: { keep: [id], columns: { nick: { mask: pick, file: names.txt } } }
      """;

  @TempDir Path folder;

  private PolicyReader reader() {
    return new PolicyReader(new PolicyParser(MaskCatalog.standard()), folder);
  }

  private String read(String location) {
    return reader().read(location, Map.of()).toString();
  }

  @Test
  void aPolicyOfThePackageIsReadWithTheFileBesideIt() throws IOException {
    Path policies = Files.createDirectory(folder.resolve("policy"));
    Files.writeString(policies.resolve("policy.yaml"), YAML);
    Files.writeString(policies.resolve("names.txt"), "Ada\nGrace\n");

    assertThat(read("policy/policy.yaml")).contains("Ada", "Grace");
  }

  @Test
  void aPolicyOfABucketIsReadWithTheObjectBesideIt() {
    String bucket = "s3://" + S3Server.running().newBucket();
    put(bucket, "policy/policy.yaml", YAML);
    put(bucket, "policy/names.txt", "Ada\nGrace\n");

    assertThat(read(bucket + "/policy/policy.yaml")).contains("Ada", "Grace");
  }

  @Test
  void aPolicyThatIsNotThereIsAMistakeOfTheCallAndNoDump() {
    assertThatThrownBy(() -> read("none.yaml"))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
        .hasMessage(
            "The policy " + folder.resolve("none.yaml") + " does not exist. Check the path.");
    assertThatThrownBy(() -> read("s3:/bucket/p.yaml"))
        .hasMessageContaining("Write s3://bucket/p.yaml.");
  }

  @Test
  void aFileThatIsNotBesideItIsAProblemOfThePolicyInEitherPlace() throws IOException {
    Files.writeString(folder.resolve("policy.yaml"), YAML);
    String bucket = "s3://" + S3Server.running().newBucket();
    put(bucket, "policy.yaml", YAML);

    for (String location : new String[] {"policy.yaml", bucket + "/policy.yaml"}) {
      assertThatThrownBy(() -> read(location))
          .isInstanceOfSatisfying(
              DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.POLICY_INVALID))
          .hasMessageContaining("file names.txt");
    }
  }

  @Test
  void aLinkDoesNotLeadOutOfThePackage() throws IOException {
    Path policies = Files.createDirectory(folder.resolve("policy"));
    Files.writeString(folder.resolve("secret"), "CANARY\n");
    Files.createSymbolicLink(policies.resolve("names.txt"), folder.resolve("secret"));
    Files.writeString(policies.resolve("policy.yaml"), YAML);

    assertThatThrownBy(() -> read("policy/policy.yaml"))
        .hasMessageContaining("file names.txt cannot be read");
  }

  @Test
  void aPolicyThatIsNotThereIsTold() {
    String bucket = "s3://" + S3Server.running().newBucket();

    for (String location : new String[] {"policy/none.yaml", bucket + "/none.yaml"}) {
      assertThatThrownBy(() -> read(location))
          .isInstanceOfSatisfying(
              DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
          .hasMessageContaining("none.yaml does not exist");
    }
  }

  private static void put(String bucket, String key, String text) {
    try (SnapshotStore store = Stores.open(bucket)) {
      store.put(key, text.getBytes(UTF_8));
    }
  }
}
