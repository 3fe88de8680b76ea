package dev.decant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.decant.aws.BucketSpec;
import dev.decant.location.LocationParser;
import dev.decant.media.Buckets;
import dev.decant.media.MediaBucket;
import dev.decant.testing.S3Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code media} against a real S3 API. */
final class MediaCommandIT {
  private final S3Server server = S3Server.running();
  private final String prod = server.newBucket();
  private final String staging = server.newBucket();
  private final CapturedCli cli = new CapturedCli();

  @TempDir Path folder;

  @BeforeEach
  void fill() throws IOException {
    write("allow-refresh: true\n    media: { from: s3://PROD, to: s3://STAGING }");
    try (MediaBucket bucket =
        Buckets.open(BucketSpec.at(LocationParser.s3("s3://" + prod).orElseThrow()))) {
      for (int i = 0; i < 20; i++) {
        byte[] content = Integer.toString(i).getBytes(StandardCharsets.UTF_8);
        bucket.put("a b/" + i + ".png", content, "image/png", "m");
      }
    }
    try (MediaBucket bucket =
        Buckets.open(BucketSpec.at(LocationParser.s3("s3://" + staging).orElseThrow()))) {
      bucket.put("own.png", new byte[7], "image/png", "m");
    }
  }

  private void write(String more) throws IOException {
    Files.writeString(
        folder.resolve("targets.yaml"),
        """
        version: 1
        targets:
          staging:
            database: postgresql://app@localhost/app
            confirm: localhost
            never: ['prod*']
            snapshots: backend/production
            MORE
        """
            .replace("MORE", more)
            .replace("PROD", prod)
            .replace("STAGING", staging));
  }

  private int run(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "media",
                "--target",
                "staging",
                "--targets",
                folder.resolve("targets.yaml").toString()));
    arguments.addAll(List.of(more));
    return cli.run(arguments.toArray(String[]::new));
  }

  @Test
  void aDryRunThenACopyThenADelete() {
    assertThat(run("--confirm", staging, "--dry-run")).as(cli.err()).isZero();
    assertThat(run("--confirm", staging)).isZero();
    assertThat(run("--confirm", staging, "--delete", "--jobs", "2")).isZero();
    assertThat(cli.out())
        .isEqualTo(
            """
            would copy 20 objects, 30 B, to s3://STAGING; 0 unchanged; \
            1 that the source does not have stayed
            copied 20 objects, 30 B, to s3://STAGING; 0 unchanged; \
            1 that the source does not have stayed
            copied 0 objects, 0 B, to s3://STAGING; 20 unchanged; deleted 1
            """
                .replace("STAGING", staging));
    assertThat(cli.err()).isEmpty();
  }

  @Test
  void jsonIsOneDocument() throws IOException {
    assertThat(run("--confirm", staging, "--json")).isZero();
    JsonNode document = new JsonMapper().readTree(cli.out());
    assertThat(document.get("from").asText()).isEqualTo("s3://" + prod);
    assertThat(document.get("copied").asInt()).isEqualTo(20);
    assertThat(document.get("copiedBytes").asInt()).isEqualTo(30);
    assertThat(document.get("extra").asInt()).isEqualTo(1);
    assertThat(document.get("deleted").asInt()).isZero();
  }

  @Test
  void anotherBucketTypedIsRefused() {
    assertThat(run("--confirm", prod)).isEqualTo(15);
    assertThat(cli.err()).contains("--confirm " + staging);
  }

  @Test
  void withoutConfirmationNothingRuns() {
    assertThat(run()).isEqualTo(2);
    assertThat(cli.err()).contains("--confirm");
  }

  @Test
  void aTargetThatDoesNotAllowIsRefused() throws IOException {
    write("media: { from: s3://PROD, to: s3://STAGING }");
    assertThat(run("--confirm", staging, "--dry-run")).isEqualTo(15);
    assertThat(cli.err()).contains("allow-refresh: true");
  }

  @Test
  void aBucketOfNeverIsRefused() throws IOException {
    write("allow-refresh: true\n    media: { from: s3://PROD, to: s3://prod-media }");
    assertThat(run("--confirm", "prod-media")).isEqualTo(15);
    assertThat(cli.err()).contains("never: prod*");
  }

  @Test
  void aTargetWithoutMediaSaysWhatToWrite() throws IOException {
    write("allow-refresh: true");
    assertThat(run("--confirm", staging)).isEqualTo(2);
    assertThat(cli.err()).contains("media: { from: s3://BUCKET, to: s3://BUCKET }");
  }

  @Test
  void placeholdersAreSetInTheFile() throws IOException {
    write(
        "allow-refresh: true\n    media: { from: s3://PROD, to: s3://STAGING, placeholder: true,"
            + " delete: true }");
    assertThat(run("--confirm", staging)).isZero();
    assertThat(run("--confirm", staging)).isZero();
    assertThat(cli.out())
        .contains("copied 20 objects, 1.3 kB", "deleted 1\n", "copied 0 objects", "20 unchanged");
  }
}
