package dev.decant.sanitize;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.policy.MaskCatalog;
import dev.decant.policy.Policy;
import dev.decant.policy.PolicyFiles;
import dev.decant.policy.parse.PolicyParser;
import dev.decant.scratch.ScratchOptions;
import dev.decant.source.Source;
import dev.decant.store.SnapshotStore;
import dev.decant.store.Stores;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The error of a full disk names the folder and the needed space. The exit code is 12 or 14. */
final class FullDiskIT {
  private static final ScratchOptions STANDARD = ScratchOptions.of(Map.of());

  @TempDir Path work;

  private static String dump(int rows) {
    StringBuilder text =
        new StringBuilder(
            """
            -- Dumped from database version 18.0

            CREATE TABLE public.t (id integer, v text);

            COPY public.t (id, v) FROM stdin;
            """);
    Random random = new Random(1);
    byte[] value = new byte[6_000];
    for (int i = 0; i < rows; i++) {
      random.nextBytes(value);
      text.append(i).append('\t').append(Base64.getEncoder().encodeToString(value)).append('\n');
    }
    return text.append("\\.\n\n--\n-- PostgreSQL database dump complete\n--\n\n").toString();
  }

  /** The source is a stream of unknown size, so no estimate refuses it first. */
  private static DecantException failure(
      SnapshotStore store, ScratchOptions options, Path work, int rows) {
    Policy policy =
        new PolicyParser(MaskCatalog.standard())
            .parse(
                "policy.yaml",
                "version: 1\ntables:\n  public.t: { keep: [id, v] }\n".getBytes(UTF_8),
                PolicyFiles.none(),
                Map.of());
    try (Source source = StreamSource.of(dump(rows))) {
      return catchThrowableOfType(
          DecantException.class,
          () ->
              Sanitization.run(Shop.builder(source, policy, store, work).options(options).build()));
    }
  }

  private static void assertTold(DecantException failure, Path folder, String what) {
    assertThat(failure).isNotNull();
    assertThat(failure.code()).as(failure.getMessage()).isEqualTo(ErrorCode.DISK_FULL);
    assertThat(failure.exitCode()).isEqualTo(12);
    assertThat(failure)
        .hasMessageContaining("The disk of the folder " + folder)
        .hasMessageContaining(" MB are needed there for " + what)
        .hasMessageContaining("DECANT_");
  }

  @Test
  void theArchiveDoesNotFitIntoTheCache() throws IOException {
    try (SmallDisk disk = SmallDisk.of(20)) {
      ScratchOptions options =
          new ScratchOptions(disk.folder(), STANDARD.runFolder(), STANDARD.postgres());
      DecantException failure = failure(new MemorySnapshotStore(), options, work, 1);
      assertTold(failure, disk.folder(), "the programs of the embedded PostgreSQL");
    }
  }

  @Test
  void initdbDoesNotFitIntoTheCache() throws IOException {
    try (SmallDisk disk = SmallDisk.of(75)) {
      ScratchOptions options =
          new ScratchOptions(disk.folder(), STANDARD.runFolder(), STANDARD.postgres());
      DecantException failure = failure(new MemorySnapshotStore(), options, work, 1);
      assertTold(failure, disk.folder(), "the ");
    }
  }

  @Test
  void theServerDoesNotFitIntoTheWorkFolder() throws IOException {
    try (SmallDisk disk = SmallDisk.of(10)) {
      ScratchOptions options = STANDARD.withRunFolder(disk.folder());
      DecantException failure = failure(new MemorySnapshotStore(), options, work, 1);
      assertTold(failure, disk.folder(), "the embedded PostgreSQL");
    }
  }

  @Test
  void theRowsDoNotFitIntoTheScratchDatabase() throws IOException {
    try (SmallDisk disk = SmallDisk.of(70)) {
      ScratchOptions options = STANDARD.withRunFolder(disk.folder());
      DecantException failure = failure(new MemorySnapshotStore(), options, work, 6_000);
      assertTold(failure, disk.folder(), "the scratch database");
    }
  }

  @Test
  void theFramesDoNotFitIntoTheSpool() throws IOException {
    try (SmallDisk disk = SmallDisk.of(2)) {
      DecantException failure = failure(new MemorySnapshotStore(), STANDARD, disk.folder(), 2_000);
      assertTold(failure, disk.folder(), "the next frame");
    }
  }

  @Test
  void theSnapshotDoesNotFitIntoTheStore() throws IOException {
    try (SmallDisk disk = SmallDisk.of(2);
        SnapshotStore store = Stores.open(disk.folder().toString())) {
      DecantException failure = failure(store, STANDARD, work, 2_000);
      assertThat(failure.code()).as(failure.getMessage()).isEqualTo(ErrorCode.STORE_FAILED);
      assertThat(failure)
          .hasMessageContaining("the disk is full")
          .hasMessageContaining(disk.folder().toString());
    }
  }
}
