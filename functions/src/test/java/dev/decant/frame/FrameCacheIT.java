package dev.decant.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.decant.error.DecantException;
import dev.decant.stream.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The cache on a disk. */
final class FrameCacheIT {
  @TempDir Path folder;

  private static byte[] bytes(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static Frame frame(byte[] bytes) {
    return new Frame(Frame.Kind.ROWS, null, 1, 0, bytes.length, 1, Digests.sha256(bytes));
  }

  private Path file(Frame frame) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> f.endsWith(frame.sha256())).findFirst().orElseThrow();
    }
  }

  @Test
  void whatWasPutIsThere() {
    FrameCache cache = new FrameCache(folder, 1000);
    byte[] bytes = bytes(1, 100);

    assertThat(cache.get(frame(bytes))).isEmpty();
    cache.put(frame(bytes), bytes);

    assertThat(cache.get(frame(bytes))).hasValue(bytes);
  }

  @Test
  void aDamagedOneIsMissingAndGoes() throws IOException {
    FrameCache cache = new FrameCache(folder, 1000);
    byte[] bytes = bytes(1, 100);
    cache.put(frame(bytes), bytes);
    Path file = file(frame(bytes));
    byte[] damaged = bytes.clone();
    damaged[50] ^= 1;
    Files.write(file, damaged);

    assertThat(cache.get(frame(bytes))).isEmpty();
    assertThat(file).doesNotExist();
  }

  @Test
  void whatWasUsedLongestAgoGoesFirst() throws IOException {
    FrameCache cache = new FrameCache(folder, 250);
    for (int i = 0; i < 4; i++) {
      byte[] bytes = bytes(i, 100);
      new FrameCache(folder, 1000).put(frame(bytes), bytes);
      Files.setLastModifiedTime(
          file(frame(bytes)), FileTime.from(Instant.parse("2026-01-01T00:00:0" + i + "Z")));
    }
    cache.get(frame(bytes(0, 100))); // this frame is now the last used one

    cache.trim();

    assertThat(cache.get(frame(bytes(0, 100)))).isPresent();
    assertThat(cache.get(frame(bytes(1, 100)))).isEmpty();
    assertThat(cache.get(frame(bytes(2, 100)))).isEmpty();
    assertThat(cache.get(frame(bytes(3, 100)))).isPresent();
  }

  private long bytesThere() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum();
    }
  }

  /** A pull of a snapshot that is larger than the limit keeps frames that the next pull finds. */
  @Test
  void oneThatKeepsMoreThanTheLimitStopsInTime() throws IOException {
    byte[] old = bytes(100, 900);
    new FrameCache(folder, 1000).put(frame(old), old);
    FrameCache first = new FrameCache(folder, 1000);
    for (int i = 0; i < 50; i++) {
      byte[] bytes = bytes(i, 100);
      first.put(frame(bytes), bytes);
      assertThat(bytesThere()).isLessThanOrEqualTo(1200);
    }
    FrameCache second = new FrameCache(folder, 1000);
    int found = 0;
    for (int i = 0; i < 50; i++) {
      byte[] bytes = bytes(i, 100);
      if (second.get(frame(bytes)).isPresent()) {
        found++;
      } else {
        second.put(frame(bytes), bytes);
      }
      assertThat(bytesThere()).isLessThanOrEqualTo(1200);
    }
    assertThat(found).isEqualTo(10);
  }

  @Test
  void manyWritersAndTrimmersAgree() throws Exception {
    AtomicInteger wrong = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int t = 0; t < 8; t++) {
        Random random = new Random(t);
        var _ =
            threads.submit(
                () -> {
                  for (int i = 0; i < 100; i++) {
                    FrameCache cache = new FrameCache(folder, 2000);
                    byte[] bytes = bytes(random.nextInt(20), 300);
                    cache.put(frame(bytes), bytes);
                    cache
                        .get(frame(bytes))
                        .filter(read -> !java.util.Arrays.equals(read, bytes))
                        .ifPresent(read -> wrong.incrementAndGet());
                    cache.trim();
                  }
                });
      }
    }
    assertThat(wrong).hasValue(0);
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(f -> f.toString().endsWith(".part"))).isEmpty();
    }
  }

  @Test
  void aSumThatIsNoneIsRefused() {
    Frame frame = new Frame(Frame.Kind.ROWS, null, 1, 0, 1, 1, "../../../etc/passwd");
    assertThatThrownBy(() -> new FrameCache(folder, 1000).get(frame))
        .isInstanceOf(DecantException.class);
  }

  @Test
  void aFolderThatCannotBeWrittenIsNoCacheAndSaysSoOnce() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    FrameCache cache = new FrameCache(file.resolve("below"), 1000);
    byte[] bytes = bytes(1, 100);
    Logger logger = (Logger) LoggerFactory.getLogger(FrameCache.class);
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    said.start();
    logger.addAppender(said);
    try {
      for (int i = 0; i < 5; i++) {
        cache.put(frame(bytes), bytes);
      }
      cache.trim();
    } finally {
      logger.detachAppender(said);
    }

    assertThat(cache.get(frame(bytes))).isEmpty();
    assertThat(said.list).hasSize(1);
  }
}
