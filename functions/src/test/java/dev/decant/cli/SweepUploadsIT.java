package dev.decant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.store.Claimant;
import dev.decant.store.RunClaim;
import dev.decant.store.SnapshotStore;
import dev.decant.store.Stores;
import dev.decant.testing.Component;
import dev.decant.testing.MotoServer;
import dev.decant.testing.Needs;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** {@code sweep --from} and uploads. moto dates each upload to 2010. */
@Needs(Component.MOTO)
final class SweepUploadsIT {
  private static final String ENDPOINT = "aws.endpointUrlS3";

  @TempDir Path folder;

  @AfterEach
  void noEndpoint() {
    System.clearProperty(ENDPOINT);
  }

  @Test
  void uploadOfARunAtWorkIsNotAborted() throws Exception {
    try (MotoServer moto = MotoServer.start(folder.resolve("moto.log"));
        S3Client s3 = moto.client(S3Client.builder())) {
      System.setProperty(ENDPOINT, moto.endpoint());
      System.setProperty("aws.accessKeyId", "test");
      System.setProperty("aws.secretAccessKey", "test");
      s3.createBucket(r -> r.bucket("store"));
      String url = "s3://store/sanitized";
      String[] keys = {
        "shop/production/long/dump.sql.zst",
        "shop/staging/dead/dump.sql.zst",
        ".scale/long/chunk-0-a.frames",
        ".scale/dead/chunk-0-a.frames"
      };
      for (String key : keys) {
        s3.createMultipartUpload(r -> r.bucket("store").key("sanitized/" + key));
      }
      try (SnapshotStore store = Stores.open(url);
          RunClaim _ =
              ((RunClaim.Outcome.Claimed)
                      RunClaim.claim(
                          store,
                          RunClaim.databaseId("shop", "production"),
                          "none/",
                          RunClaim.LEASE,
                          Claimant.of("test")))
                  .claim()) {
        store.put(".scale/long/chunk-1-a.json", new byte[0]);
        CapturedCli cli = new CapturedCli();
        assertThat(cli.run("sweep", "--from", url)).as(cli.err()).isZero();
        assertThat(store.unfinishedUploads("", Instant.now()))
            .containsExactlyInAnyOrder(keys[0], keys[2]);
        assertThat(cli.out())
            .contains(" 2 uploads")
            .contains("kept: unfinished upload s3://store/sanitized/" + keys[0])
            .contains("A run of its database is at work.");
      }
    }
  }
}
