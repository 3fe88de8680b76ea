package dev.decant.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What can happen while the PostgreSQL of decant's jar is unpacked. {@link EmbeddedScratchServerIT}
 * has the test of several processes that unpack it at the same time.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class CacheFolderIT {
  /** The archive needs 60 MB, and the data directory 30 MB more. */
  private static final int TOO_SMALL = 30;

  private static final int LARGE_ENOUGH = 200;

  @TempDir(factory = ServerFolder.class)
  Path folder;

  private ScratchOptions options(Path cache) {
    return new ScratchOptions(cache, folder, null);
  }

  private static void open(ScratchOptions options) {
    try (ScratchServer server = ScratchServers.open("embedded", options)) {
      assertThat(server.description()).startsWith("embedded 18.");
    }
  }

  private DecantException failure(Path cache) {
    return catchThrowableOfType(DecantException.class, () -> open(options(cache)));
  }

  private static List<String> entries(Path cache) throws IOException {
    try (Stream<Path> entries = Files.list(cache.resolve("postgres"))) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void fullDiskLeavesNothingUnpackedAndTheNextRunSucceeds() throws IOException {
    try (SmallDisk disk = SmallDisk.of(TOO_SMALL)) {
      Path cache = disk.folder().resolve("cache");
      DecantException full = failure(cache);
      assertThat(full.code()).as(full.getMessage()).isEqualTo(ErrorCode.DISK_FULL);
      assertThat(full).hasMessageContaining(cache.toString()).hasMessageContaining("DECANT_CACHE");
      assertThat(entries(cache)).containsExactly(".lock");
      disk.resize(LARGE_ENOUGH);
      open(options(cache));
      assertThat(entries(cache)).hasSize(3).noneMatch(name -> name.startsWith(".half"));
    }
  }

  @Test
  void readOnlyCacheServesIfItIsCompleteAndIsRefusedOtherwise() throws IOException {
    try (SmallDisk disk = SmallDisk.of(LARGE_ENOUGH)) {
      Path cache = Files.createDirectory(disk.folder().resolve("cache"));
      disk.readOnly(true);
      DecantException refused = failure(cache);
      assertThat(refused.code()).isEqualTo(ErrorCode.SCRATCH_FAILED);
      assertThat(refused)
          .hasMessageContaining("cannot be prepared in " + cache)
          .hasMessageContaining("Choose another folder with DECANT_CACHE.");
      disk.readOnly(false);
      open(options(cache));
      disk.readOnly(true);
      open(options(cache));
    }
  }

  @Test
  void killedProcessLeavesAHalfThatTheNextRunReplaces() throws Exception {
    Path cache = folder.resolve("cache");
    try (ChildJvm child =
        ChildJvm.start(
            List.of(),
            System.getProperty("java.class.path"),
            folder,
            Map.of("DECANT_CACHE", cache.toString()))) {
      awaitPrograms(child, cache);
      child.kill();
    }
    assertThat(entries(cache)).hasSize(2).anyMatch(name -> name.startsWith(".half"));
    open(options(cache));
    assertThat(entries(cache)).hasSize(3).noneMatch(name -> name.startsWith(".half"));
  }

  /** Waits until a few programs have been unpacked. Many more follow. */
  private static void awaitPrograms(ChildJvm child, Path cache) throws Exception {
    while (true) {
      assertThat(child.isAlive()).as("the child unpacks the archive").isTrue();
      try (Stream<Path> files = Files.find(cache, 9, (_, facts) -> facts.isRegularFile())) {
        if (files.filter(file -> file.toString().contains(".half")).count() > 3) {
          return;
        }
      } catch (IOException | java.io.UncheckedIOException e) {
        // The folder does not exist yet, or a file was renamed.
      }
      Thread.sleep(1);
    }
  }
}
