package dev.decant.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
final class FileLocksTest {
  @TempDir Path folder;

  private FileChannel open() throws IOException {
    return FileChannel.open(
        folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private void lock(FileChannel channel, Duration patience) throws IOException {
    assertThat(FileLocks.lock(channel, folder.resolve("lock"), patience, ErrorCode.STORE_FAILED))
        .isNotNull();
  }

  @Test
  void aLockThatStaysHeldEndsTheWaitWithItsFile() throws IOException {
    try (FileChannel holder = open();
        FileChannel other = open()) {
      lock(holder, Duration.ZERO);
      assertThatThrownBy(() -> lock(other, Duration.ofMillis(60)))
          .isInstanceOfSatisfying(
              DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED))
          .hasMessageContaining(folder.resolve("lock").toString());
    }
  }

  @Test
  void anInterruptEndsTheWaitForAFileAndForThreads() throws Exception {
    ReentrantLock threads = new ReentrantLock();
    Thread holds = Thread.ofPlatform().start(threads::lock);
    holds.join();
    try (FileChannel holder = open();
        FileChannel other = open()) {
      lock(holder, Duration.ZERO);
      Thread.currentThread().interrupt();
      assertThatThrownBy(
              () -> FileLocks.lock(threads, folder, Duration.ofMinutes(1), ErrorCode.STORE_FAILED))
          .isInstanceOfSatisfying(
              DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
      assertThatThrownBy(() -> lock(other, Duration.ofMinutes(1)))
          .isInstanceOfSatisfying(
              DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
