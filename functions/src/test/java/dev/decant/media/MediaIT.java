package dev.decant.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.decant.aws.BucketSpec;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.location.LocationParser;
import dev.decant.progress.Progress;
import dev.decant.testing.MemoryS3;
import dev.decant.testing.S3Server;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whole runs over HTTP with an S3 API in memory, which computes the ETags of AWS and can fail. */
final class MediaIT {
  private final MemoryS3 s3 = new MemoryS3(0);
  private final NavigableMap<String, MemoryS3.Stored> prod = s3.bucket("prod");
  private final NavigableMap<String, MemoryS3.Stored> staging = s3.bucket("staging");

  @BeforeEach
  void credentials() {
    S3Server.running();
  }

  @AfterEach
  void stop() {
    s3.close();
  }

  private BucketSpec spec(String location, String endpoint) {
    BucketSpec plain = BucketSpec.at(LocationParser.s3(location).orElseThrow());
    return new BucketSpec(
        plain.bucket(),
        plain.prefix(),
        Optional.of(endpoint),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private MediaRequest request(boolean delete, boolean placeholder, boolean dryRun) {
    return new MediaRequest(
        spec("s3://prod", s3.endpoint()),
        spec("s3://staging", s3.endpoint()),
        "staging",
        List.of("prod*"),
        new MediaRequest.Options(delete, placeholder, dryRun, 16),
        Progress.NONE);
  }

  private MediaResult sync() {
    return Media.run(request(false, false, false));
  }

  private void put(String key, String content) {
    s3.put("prod", key, bytes(content), "image/jpeg");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static DecantException failure(MediaRequest request) {
    return catchThrowableOfType(DecantException.class, () -> Media.run(request));
  }

  private void assertSameContent() {
    assertThat(staging.keySet()).isEqualTo(prod.keySet());
    prod.forEach(
        (key, stored) ->
            assertThat(s3.object("staging", key).content()).isEqualTo(stored.content()));
  }

  @Test
  void theSecondRunOnlyLists() {
    s3.fill("prod", 2500);
    MediaResult first = sync();
    assertThat(first).isEqualTo(new MediaResult(false, 2500, 2500, 8890, 0, 0, 0, 0));
    assertSameContent();
    s3.takeRequests();

    assertThat(sync()).isEqualTo(new MediaResult(false, 2500, 0, 0, 2500, 0, 0, 0));
    assertThat(s3.takeRequests())
        .isEqualTo(Map.of("ListObjects prod", 3L, "ListObjects staging", 3L));
  }

  @Test
  void nothingButListAndReadIsAskedOfTheSource() {
    s3.fill("prod", 10);
    s3.putInParts("prod", "film.mp4", bytes("film"), Map.of());
    sync();
    assertThat(s3.takeRequests())
        .isEqualTo(
            Map.of(
                "ListObjects prod", 1L,
                "HeadObject prod", 1L,
                "copied from prod", 11L,
                "ListObjects staging", 1L,
                "CopyObject staging", 11L));
  }

  @Test
  void whatDiffersBySizeOrContentIsCopiedAgain() {
    put("content", "abc");
    put("same", "abc");
    put("size", "abc");
    s3.put("staging", "content", bytes("abd"), "image/jpeg");
    s3.put("staging", "same", bytes("abc"), "image/jpeg");
    s3.put("staging", "size", bytes("ab"), "image/jpeg");
    assertThat(sync()).isEqualTo(new MediaResult(false, 3, 2, 6, 1, 0, 0, 0));
    assertSameContent();
  }

  @Test
  void anUploadInPartsIsKnownAgainByItsMark() {
    s3.putInParts(
        "prod",
        "film.mp4",
        bytes("a film"),
        Map.of("content-type", "video/mp4", "cache-control", "no-store", "x-amz-meta-a", "b"));
    sync();
    assertThat(s3.object("staging", "film.mp4").etag())
        .isNotEqualTo(s3.object("prod", "film.mp4").etag());
    assertThat(s3.object("staging", "film.mp4").headers())
        .containsAllEntriesOf(s3.object("prod", "film.mp4").headers())
        .containsEntry("x-amz-meta-decant-source-etag", s3.object("prod", "film.mp4").etag());
    assertThat(sync().unchanged()).isEqualTo(1);

    s3.putInParts("prod", "film.mp4", bytes("b film"), Map.of());
    assertThat(sync().copied()).isEqualTo(1);
    assertSameContent();
    assertThat(sync().unchanged()).isEqualTo(1);
  }

  @Test
  void whatStagingOverwroteIsCopiedAgain() {
    s3.putInParts("prod", "film.mp4", bytes("a film"), Map.of());
    sync();
    s3.put("staging", "film.mp4", bytes("b film"), "video/mp4");
    assertThat(sync().copied()).isEqualTo(1);
    assertSameContent();
  }

  @Test
  void aBucketWithAKmsKeyIsKnownAgain() {
    s3.encrypt("staging");
    s3.fill("prod", 300);
    assertThat(sync().copied()).isEqualTo(300);
    long copies = s3.takeRequests().getOrDefault("CopyObject staging", 0L);
    assertThat(copies).as("a second copy of those before it is learned").isBetween(301L, 316L);
    assertThat(sync()).isEqualTo(new MediaResult(false, 300, 0, 0, 300, 0, 0, 0));
    assertSameContent();
  }

  @Test
  void aSourceWithAKmsKeyIsKnownAgain() {
    s3.encrypt("prod");
    s3.fill("prod", 30);
    sync();
    assertThat(sync().unchanged()).isEqualTo(30);
    put("uploads/1/00000001.jpg", "2");
    assertThat(sync().copied()).isEqualTo(1);
    assertSameContent();
  }

  @Test
  void whatTheSourceDoesNotHaveStaysUnlessToldToGo() {
    put("b", "b");
    for (String key : List.of("a", "c & <d> \"e\"", "zż😀")) {
      s3.put("staging", key, bytes("own"), "image/jpeg");
    }
    assertThat(sync()).isEqualTo(new MediaResult(false, 1, 1, 1, 0, 0, 3, 0));
    assertThat(staging).hasSize(4);
    assertThat(Media.run(request(true, false, false)))
        .isEqualTo(new MediaResult(false, 1, 0, 0, 1, 3, 0, 0));
    assertThat(staging.keySet()).containsExactly("b");
  }

  @Test
  void thousandsAreDeletedInBatches() {
    put("a", "a");
    put("z", "z");
    s3.fill("staging", 2345);
    assertThat(Media.run(request(true, false, false)).deleted()).isEqualTo(2345);
    assertThat(s3.takeRequests()).containsEntry("DeleteObjects staging", 3L);
    assertSameContent();
  }

  @Test
  void anEmptySourceDoesNotEmptyTheDestination() {
    s3.fill("staging", 3);
    DecantException e = failure(request(true, false, false));
    assertThat(e.code()).isEqualTo(ErrorCode.REFUSED);
    assertThat(e).hasMessageContaining("s3://prod has no objects");
    assertThat(staging).hasSize(3);
  }

  @Test
  void aDryRunTellsAndTouchesNothing() {
    s3.fill("prod", 20);
    s3.putInParts("prod", "film.mp4", bytes("a film"), Map.of());
    s3.put("staging", "film.mp4", bytes("b film"), "video/mp4");
    s3.put("staging", "own", bytes("own"), "image/jpeg");
    assertThat(Media.run(request(true, false, true)))
        .isEqualTo(new MediaResult(true, 21, 21, 36, 0, 1, 0, 0));
    assertThat(s3.takeRequests())
        .isEqualTo(
            Map.of("ListObjects prod", 1L, "ListObjects staging", 1L, "HeadObject staging", 1L));
  }

  @Test
  void oneFailedObjectDoesNotHoldTheOthers() {
    s3.fill("prod", 40);
    s3.fault(
        (action, key) -> {
          if (action.equals("CopyObject") && key.endsWith("7.jpg")) {
            throw new MemoryS3.Refusal(403, "InvalidObjectState");
          }
        });
    DecantException e = failure(request(false, false, false));
    assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED);
    assertThat(e)
        .hasMessageContaining("4 objects failed: ")
        .hasMessageContaining("uploads/7/00000007.jpg")
        .hasMessageContaining("36 copied");
    assertThat(staging).hasSize(36);
    s3.fault((action, key) -> {});
    assertThat(sync().copied()).isEqualTo(4);
  }

  @Test
  void keysThatXmlCannotHaveAreRemovedAndTheOthersToo() {
    put("keep", "x");
    for (String key : List.of("keep", "plain", "cr\rx", "tab\tx", "bad\u0001key", "\u001b[2J")) {
      s3.put("staging", key, bytes("x"), "image/jpeg");
    }
    assertThat(Media.run(request(true, false, false)).deleted()).isEqualTo(5);
    assertThat(staging.keySet()).containsExactly("keep");
  }

  @Test
  void keysThatAreNotRemovedAreToldWithoutTheirControlCharacters() {
    put("keep", "x");
    for (String key : List.of("plain", "\u001b[2J")) {
      s3.put("staging", key, bytes("x"), "image/jpeg");
    }
    s3.fault(
        (action, key) -> {
          if (action.equals("DeleteObject")) {
            throw new MemoryS3.Refusal(403, "AccessDenied");
          }
        });
    assertThat(failure(request(true, false, false)))
        .hasMessageContaining("1 object failed: \\u001b[2J. ")
        .hasMessageContaining("1 deleted")
        .hasMessageContaining("s3://staging/\\u001b[2J could not be removed.");
    assertThat(staging.keySet()).containsExactly("\u001b[2J", "keep");
  }

  @Test
  void whatToDoIsToldOnce() {
    put("a\u001b[2J", "x");
    s3.fault(
        (action, key) -> {
          if (action.equals("CopyObject")) {
            throw new MemoryS3.Refusal(400, "InvalidRequest");
          }
        });
    assertThat(failure(request(false, false, false)).getMessage())
        .contains("a\\u001b[2J")
        .doesNotContain("\u001b")
        .containsOnlyOnce("Run the command again");
  }

  @Test
  void tenKeysAreTold() {
    s3.fill("prod", 40);
    put("a", "a");
    s3.fault(
        (action, key) -> {
          if (action.equals("CopyObject") && key.startsWith("uploads")) {
            throw new MemoryS3.Refusal(403, "InvalidObjectState");
          }
        });
    String message = String.valueOf(failure(request(false, false, false)).getMessage());
    assertThat(message.replaceFirst("The first failure.*", "").split("00000", -1)).hasSize(11);
  }

  @Test
  void whereAllIsDeniedTheRunGivesUp() {
    s3.fill("prod", 5000);
    s3.fault(
        (action, key) -> {
          if (action.equals("CopyObject")) {
            throw new MemoryS3.Refusal(403, "AccessDenied");
          }
        });
    assertThat(failure(request(false, false, false)))
        .hasMessageContaining("gave up")
        .hasMessageContaining("s3:PutObject on arn:aws:s3:::staging/uploads/")
        .hasMessageContaining("s3:GetObject on s3://prod/uploads/");
    assertThat(s3.takeRequests().getOrDefault("CopyObject staging", 0L)).isLessThan(200);
  }

  @Test
  void aStoreThatIsBusyIsAskedAgain() {
    s3.fill("prod", 50);
    AtomicInteger copies = new AtomicInteger();
    s3.fault(
        (action, key) -> {
          if (action.equals("CopyObject") && copies.incrementAndGet() % 5 == 0) {
            throw new MemoryS3.Refusal(500, "InternalError");
          }
        });
    assertThat(sync().copied()).isEqualTo(50);
    assertThat(copies).hasValueGreaterThan(60);
    assertSameContent();
  }

  @Test
  void anObjectThatChangesMeanwhileIsCopiedAsItIs() {
    put("a", "before");
    put("b", "before");
    AtomicInteger copies = new AtomicInteger();
    s3.fault(
        (action, key) -> {
          if (action.equals("CopyObject") && key.equals("a") && copies.incrementAndGet() == 1) {
            put("a", "afterwards");
          }
        });
    assertThat(sync()).isEqualTo(new MediaResult(false, 2, 2, 16, 0, 0, 0, 0));
    assertSameContent();
    assertThat(sync().unchanged()).isEqualTo(2);
  }

  @Test
  void anObjectThatChangesAllTheTimeFails() {
    put("a", "x");
    s3.fault(
        (action, key) -> {
          if (action.equals("CopyObject")) {
            put("a", Long.toString(System.nanoTime()));
          }
        });
    assertThat(failure(request(false, false, false)))
        .hasMessageContaining("changed during each attempt to copy it");
  }

  @Test
  void anObjectThatVanishesIsNoFailure() {
    put("a", "x");
    put("b", "x");
    s3.fault(
        (action, key) -> {
          if (action.equals("CopyObject")) {
            prod.remove("a");
          }
        });
    assertThat(sync()).isEqualTo(new MediaResult(false, 2, 1, 1, 0, 0, 0, 1));
    assertThat(staging.keySet()).containsExactly("b");
  }

  @Test
  void aFailedListingDeletesNothingMore() {
    s3.fill("prod", 3000);
    s3.fill("staging", 3000);
    s3.put("staging", "zzz", bytes("own"), "image/jpeg");
    AtomicInteger pages = new AtomicInteger();
    s3.fault(
        (action, key) -> {
          if (action.equals("ListObjects") && pages.incrementAndGet() > 4) {
            throw new MemoryS3.Refusal(403, "AccessDenied");
          }
        });
    DecantException e = failure(request(true, false, false));
    assertThat(e.code()).isEqualTo(ErrorCode.STORE_DENIED);
    assertThat(e).hasMessageContaining("s3:ListBucket");
    assertThat(staging).containsKey("zzz").hasSize(3001);
  }

  @Test
  void betweenTwoStoresTheBytesAreCarried() {
    try (MemoryS3 other = new MemoryS3(0)) {
      other.bucket("staging");
      s3.fill("prod", 50);
      put("empty", "");
      put("zż😀 +%25/&", "x");
      s3.put("prod", "large", new byte[20_000_000], "video/mp4");
      s3.putInParts("prod", "film", bytes("a film"), Map.of("cache-control", "no-store"));
      MediaRequest plain = request(false, false, false);
      MediaRequest request =
          new MediaRequest(
              plain.from(),
              spec("s3://staging/below", other.endpoint()),
              "staging",
              List.of(),
              new MediaRequest.Options(false, false, false, 8),
              Progress.NONE);
      assertThat(Media.run(request).copied()).isEqualTo(54);
      assertThat(other.bucket("staging")).hasSize(54);
      prod.forEach(
          (key, stored) -> {
            MemoryS3.Stored copy = other.object("staging", "below/" + key);
            assertThat(copy.content()).isEqualTo(stored.content());
            assertThat(copy.headers()).containsAllEntriesOf(stored.headers());
          });
      assertThat(Media.run(request).unchanged()).isEqualTo(54);
      assertThat(s3.takeRequests().keySet())
          .containsExactlyInAnyOrder("ListObjects prod", "HeadObject prod", "GetObject prod");
    }
  }

  @Test
  void placeholdersKeepNamesAndTypes() {
    s3.put("prod", "a", bytes("a picture of somebody"), "image/png");
    s3.put("prod", "b.jpg", bytes("a picture of somebody"), "binary/octet-stream");
    s3.put("prod", "c.csv", bytes("a list of somebody"), "text/csv");
    MediaRequest request = request(false, true, false);
    assertThat(Media.run(request).copied()).isEqualTo(3);
    assertThat(s3.object("staging", "a").content())
        .isEqualTo(Placeholder.of("", "image/png").content());
    assertThat(s3.object("staging", "a").headers()).containsEntry("content-type", "image/png");
    assertThat(s3.object("staging", "b.jpg").content())
        .isEqualTo(Placeholder.of("", "image/jpeg").content());
    assertThat(s3.object("staging", "b.jpg").headers())
        .containsEntry("content-type", "binary/octet-stream");
    assertThat(s3.object("staging", "c.csv").content()).isEmpty();
    assertThat(s3.takeRequests()).doesNotContainKeys("GetObject prod", "copied from prod");

    assertThat(Media.run(request)).isEqualTo(new MediaResult(false, 3, 0, 0, 3, 0, 0, 0));
    assertThat(sync().copied()).isEqualTo(3);
    assertSameContent();
    assertThat(Media.run(request).copied()).isEqualTo(3);
  }

  @Test
  void placeholdersUnderAKmsKeyAreKnownAgain() {
    s3.encrypt("staging");
    s3.put("prod", "a", bytes("a picture of somebody"), "image/png");
    MediaRequest request = request(false, true, false);
    Media.run(request);
    assertThat(Media.run(request).unchanged()).isEqualTo(1);
  }

  @Test
  void aDryRunOfPlaceholdersTouchesNothing() {
    s3.put("prod", "a.png", bytes("a picture of somebody"), "image/png");
    MediaResult result = Media.run(request(false, true, true));
    assertThat(result.copiedBytes()).isEqualTo(Placeholder.ofName("a.png").size());
    assertThat(staging).isEmpty();
  }
}
