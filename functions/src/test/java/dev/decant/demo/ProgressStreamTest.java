package dev.decant.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.progress.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ProgressStreamTest {
  @Test
  void everyByteIsWrittenAndReported() throws IOException {
    AtomicLong reported = new AtomicLong();
    Progress progress =
        new Progress() {
          @Override
          public void advance(long units, @Nullable String detail) {
            reported.addAndGet(units);
          }
        };
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ProgressStream stream = new ProgressStream(out, progress)) {
      stream.write(new byte[] {1, 2, 3, 4}, 1, 2);
      stream.write(new byte[] {5});
      stream.write(6);
    }
    assertThat(out.toByteArray()).containsExactly(2, 3, 5, 6);
    assertThat(reported).hasValue(4);
  }
}
