package dev.decant.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.aws.BucketSpec;
import dev.decant.progress.Progress;
import dev.decant.testing.MemoryS3;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs in separate processes, which are killed, asked to stop, or given little memory. */
final class MediaProcessIT {
  /** The child process, which makes one run between two buckets of the given endpoint. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      Media.run(
          new MediaRequest(
              spec("prod", arguments[0]),
              spec("staging", arguments[0]),
              "staging",
              List.of(),
              new MediaRequest.Options(true, false, false, 32),
              Progress.NONE));
    }

    private static BucketSpec spec(String bucket, String endpoint) {
      return new BucketSpec(
          bucket, "", Optional.of(endpoint), Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  private final MemoryS3 s3 = new MemoryS3(0);

  @TempDir Path folder;

  @AfterEach
  void stop() {
    s3.close();
  }

  private Process start(String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "-cp", System.getProperty("java.class.path"), Child.class.getName(), s3.endpoint()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("AWS_ACCESS_KEY_ID", "test");
    builder.environment().put("AWS_SECRET_ACCESS_KEY", "test");
    return builder.redirectOutput(folder.resolve("out").toFile()).redirectErrorStream(true).start();
  }

  private void assertSucceeds(Process child) throws Exception {
    assertThat(child.waitFor(150, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).as("%s", Files.readString(folder.resolve("out"))).isZero();
  }

  @Test
  @Timeout(180)
  void theRunAfterAKilledOneGoesOn() throws Exception {
    s3.bucket("staging");
    s3.fill("prod", 4000);
    AtomicInteger copies = new AtomicInteger();
    s3.fault(
        (action, key) -> {
          if (action.equals("CopyObject") && copies.incrementAndGet() > 2000) {
            throw new MemoryS3.Refusal(503, "SlowDown");
          }
        });
    Process killed = start();
    while (killed.isAlive() && s3.bucket("staging").size() < 2000) {
      Thread.sleep(5);
    }
    killed.destroyForcibly();
    assertThat(killed.waitFor(2, TimeUnit.MINUTES)).isTrue();
    int copied = s3.bucket("staging").size();
    assertThat(copied).isEqualTo(2000);
    s3.fault((action, key) -> {});
    s3.takeRequests();

    assertSucceeds(start());
    assertThat(s3.takeRequests()).containsEntry("CopyObject staging", 4000L - copied);
    assertThat(s3.bucket("staging").keySet()).isEqualTo(s3.bucket("prod").keySet());
  }

  @Test
  @Timeout(180)
  void aRunThatIsToldToStopEndsThoughTheStoreDoesNotAnswer() throws Exception {
    s3.bucket("staging");
    s3.putInParts("prod", "film", new byte[10], Map.of());
    CountDownLatch begun = new CountDownLatch(1);
    s3.fault(
        (action, key) -> {
          if (action.equals("CopyObject")) {
            begun.countDown();
            sleep();
          }
        });
    Process told = start();
    assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
    told.destroy();
    assertThat(told.waitFor(50, TimeUnit.SECONDS)).isTrue();
    assertThat(s3.bucket("staging")).isEmpty();
  }

  private static void sleep() {
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Two listings of 100,000 objects would already take more memory than the child has. */
  @Test
  @Timeout(180)
  void memoryStaysFlatWithAHundredThousandObjects() throws Exception {
    s3.fill("prod", 100_000);
    s3.fill("staging", 99_000);
    for (int i = 0; i < 100_000; i++) {
      s3.put("staging", "x/" + i, new byte[0], "image/jpeg");
    }
    assertSucceeds(start("-Xmx40m", "-XX:+UseSerialGC"));
    assertThat(s3.bucket("staging").keySet()).isEqualTo(s3.bucket("prod").keySet());
    assertThat(s3.takeRequests())
        .containsEntry("CopyObject staging", 1000L)
        .containsEntry("DeleteObjects staging", 100L);
  }
}
