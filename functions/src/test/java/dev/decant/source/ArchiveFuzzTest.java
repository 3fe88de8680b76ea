package dev.decant.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Archives of pg_dump. A build runs the seeds of this Jazzer test, and {@code JAZZER_FUZZ=1} makes
 * it search for more.
 */
final class ArchiveFuzzTest {
  /** The most text that is read, because a few bytes may be compressed from gigabytes. */
  private static final int MOST = 1 << 20;

  static Stream<byte[]> seeds() {
    return Stream.of("15/gzip.dump", "15/tar.tar.gz", "16/gzip.dump", "17/lz4.dump", "18/zstd.dump")
        .map(ArchiveStreamTest::fixture);
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "1h", maxExecutions = 1_000_000)
  void bytesAreAnArchiveOrRefused(byte[] data) throws IOException {
    try (DumpStream dump = DumpStream.open(new BytesSource(data))) {
      InputStream text = dump.text();
      byte[] some = new byte[8192];
      int length = 0;
      for (int n = text.read(some); n >= 0 && length < MOST; n = text.read(some)) {
        length += n;
      }
      if (length < MOST) {
        dump.finish();
      }
    } catch (DecantException e) {
      assertThat(e.code().kind()).isEqualTo(ErrorKind.INPUT);
    }
  }
}
