package dev.decant.media;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.aws.BucketSpec;
import dev.decant.aws.S3Clients;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.location.LocationParser;
import dev.decant.testing.MemoryS3;
import dev.decant.testing.S3Server;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Buckets and copies with a real S3 API. Failures that only AWS has are simulated in memory. */
final class S3MediaCopyIT {
  private static final int MEBIBYTE = 1 << 20;
  private static final MediaCopySizes SMALL = new MediaCopySizes(6L * MEBIBYTE, 5L * MEBIBYTE);

  private final S3Server server = S3Server.running();
  private final String from = server.newBucket();
  private final String to = server.newBucket();

  private static S3MediaBucket bucket(String location, Optional<String> endpoint) {
    BucketSpec plain = BucketSpec.at(LocationParser.s3(location).orElseThrow());
    BucketSpec spec =
        new BucketSpec(
            plain.bucket(),
            plain.prefix(),
            endpoint,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new S3MediaBucket(spec, S3Clients.create(spec), SMALL, 3);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static byte[] read(S3MediaBucket bucket, String key) {
    return bucket.objects().read(bucket.whole(key)).orElseThrow();
  }

  private static List<MediaObject> list(MediaBucket bucket) {
    List<MediaObject> all = new ArrayList<>();
    bucket.list().forEachRemaining(all::add);
    return all;
  }

  @Test
  void objectsAreListedBelowThePrefixAndCopied() {
    List<String> keys = List.of("a", "a b", "a+b%20", "b/c", "é", "😀");
    try (S3MediaBucket source = bucket("s3://" + from + "/in", Optional.empty());
        S3MediaBucket whole = bucket("s3://" + from, Optional.empty());
        S3MediaBucket destination = bucket("s3://" + to + "/out/", Optional.empty())) {
      whole.put("ina", random(3), "image/png", "m");
      whole.put("in/", new byte[0], "image/png", "m");
      for (String key : keys) {
        source.put(key, key.getBytes(StandardCharsets.UTF_8), "image/png", "m");
      }
      assertThat(list(source)).extracting(MediaObject::key).containsExactlyElementsOf(keys);
      MediaCopy copy = destination.copyFrom(source);
      list(source).forEach(object -> assertThat(copy.copy(object)).contains(object));
      assertThat(list(destination)).isEqualTo(list(source));
      assertThat(destination.details("é").orElseThrow().contentType()).isEqualTo("image/png");

      assertThat(destination.delete(List.of("a", "é", "not there"))).isEmpty();
      assertThat(list(destination)).hasSize(4);
      assertThat(destination.details("a")).isEmpty();
      assertThat(copy.copy(new MediaObject("not there", 1, "etag"))).isEmpty();
    }
  }

  @Test
  void aLargeObjectIsCopiedInParts() {
    byte[] content = random(13 * MEBIBYTE);
    try (S3MediaBucket source = bucket("s3://" + from, Optional.empty());
        S3MediaBucket destination = bucket("s3://" + to, Optional.empty())) {
      source.put("film", content, "video/mp4", "m");
      MediaObject film = list(source).getFirst();
      destination.copyFrom(source).copy(film);
      assertThat(read(destination, "film")).isEqualTo(content);
      assertThat(list(destination).getFirst().etag()).endsWith("-3");
      MediaDetails details = destination.details("film").orElseThrow();
      assertThat(details).isEqualTo(new MediaDetails("video/mp4", Optional.of(film.etag())));
    }
  }

  @Test
  void betweenStoresALargeObjectIsCarriedInParts() {
    byte[] content = random(13 * MEBIBYTE);
    Optional<String> alias = Optional.of("http://localhost:" + server.port());
    try (S3MediaBucket source = bucket("s3://" + from, Optional.empty());
        S3MediaBucket destination = bucket("s3://" + to, alias)) {
      source.put("film", content, "video/mp4", "m");
      MediaObject film = list(source).getFirst();
      MediaCopy copy = destination.copyFrom(source);
      assertThat(copy).isInstanceOf(StreamedMediaCopy.class);
      assertThat(copy.copy(film)).contains(film);
      assertThat(read(destination, "film")).isEqualTo(content);
      assertThat(destination.details("film").orElseThrow())
          .isEqualTo(new MediaDetails("video/mp4", Optional.of(film.etag())));
      assertThat(copy.copy(new MediaObject("not there", 1, "etag"))).isEmpty();
    }
  }

  @Test
  void aMissingBucketIsSaid() {
    try (MediaBucket none =
        Buckets.open(
            BucketSpec.at(LocationParser.s3("s3://there-is-no-such-bucket").orElseThrow()))) {
      assertThatThrownBy(() -> none.list().hasNext())
          .isInstanceOf(DecantException.class)
          .hasMessageContaining("The bucket of s3://there-is-no-such-bucket")
          .extracting(e -> ((DecantException) e).code())
          .isEqualTo(ErrorCode.SETTING_INVALID);
    }
  }

  @Test
  void aFailedPartAbortsTheUpload() {
    try (MemoryS3 s3 = new MemoryS3(0);
        S3MediaBucket source = bucket("s3://a", Optional.of(s3.endpoint()));
        S3MediaBucket destination = bucket("s3://b", Optional.of(s3.endpoint()))) {
      s3.bucket("b");
      s3.put("a", "film", random(13 * MEBIBYTE), "video/mp4");
      s3.fault(
          (action, key) -> {
            if (action.equals("UploadPartCopy")) {
              throw new MemoryS3.Refusal(403, "AccessDenied");
            }
          });
      MediaObject film = list(source).getFirst();
      assertThatThrownBy(() -> destination.copyFrom(source).copy(film))
          .hasMessageContaining("denied");
      assertThat(s3.uploads()).isZero();
      assertThat(s3.bucket("b")).isEmpty();
      assertThat(s3.takeRequests()).containsEntry("AbortMultipartUpload b", 1L);
    }
  }

  @Test
  void anInterruptedCopyAbortsItsUpload() throws InterruptedException {
    try (MemoryS3 s3 = new MemoryS3(0);
        S3MediaBucket source = bucket("s3://a", Optional.of(s3.endpoint()));
        S3MediaBucket destination = bucket("s3://b", Optional.of(s3.endpoint()))) {
      s3.bucket("b");
      s3.put("a", "film", random(13 * MEBIBYTE), "video/mp4");
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch never = new CountDownLatch(1);
      s3.fault(
          (action, key) -> {
            if (action.equals("UploadPartCopy")) {
              begun.countDown();
              await(never);
            }
          });
      MediaObject film = list(source).getFirst();
      MediaCopy copy = destination.copyFrom(source);
      AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
      Thread thread =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      copy.copy(film);
                    } catch (DecantException e) {
                      failure.set(e);
                    }
                  });
      begun.await();
      thread.interrupt();
      thread.join();
      never.countDown();
      assertThat(failure.get()).isInstanceOf(DecantException.class);
      assertThat(((DecantException) requireNonNull(failure.get())).code())
          .isEqualTo(ErrorCode.CANCELLED);
      assertThat(s3.uploads()).isZero();
      assertThat(s3.takeRequests()).containsEntry("AbortMultipartUpload b", 1L);
    }
  }

  @Test
  void aLargeObjectThatChangesMeanwhileIsNeverMixed() {
    try (MemoryS3 s3 = new MemoryS3(0);
        S3MediaBucket source = bucket("s3://a", Optional.of(s3.endpoint()));
        S3MediaBucket destination = bucket("s3://b", Optional.of(s3.endpoint()))) {
      s3.bucket("b");
      s3.put("a", "film", random(13 * MEBIBYTE), "video/mp4");
      byte[] other = random(14 * MEBIBYTE);
      s3.fault(
          (action, key) -> {
            if (action.equals("UploadPartCopy")
                && s3.object("a", "film").content().length != other.length) {
              s3.put("a", "film", other, "video/mp4");
            }
          });
      MediaObject film = list(source).getFirst();
      assertThat(destination.copyFrom(source).copy(film).orElseThrow().size())
          .isEqualTo(other.length);
      assertThat(s3.object("b", "film").content()).isEqualTo(other);
      assertThat(s3.uploads()).isZero();
    }
  }

  @Test
  void aStoreThatListsInAnotherOrderIsRefused() {
    try (MemoryS3 s3 = new MemoryS3(0);
        S3MediaBucket source = bucket("s3://a", Optional.of(s3.endpoint()))) {
      s3.put("a", "a", new byte[1], "x/y");
      s3.putInParts("a", "b", new byte[1], Map.of());
      s3.reverse("a");
      assertThatThrownBy(() -> list(source)).hasMessageContaining("not listed in the order");
    }
  }

  @Test
  void partsGrowWithTheObject() {
    assertThat(MediaCopySizes.OF_S3.whole()).isEqualTo(5L << 30);
    assertThat(MediaCopySizes.OF_S3.partOf(6L << 30)).isEqualTo(256L << 20);
    assertThat(Math.ceilDiv(5L << 40, MediaCopySizes.OF_S3.partOf(5L << 40)))
        .isLessThanOrEqualTo(10_000);
  }
}
