package dev.decant.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/**
 * A fuzz test of Jazzer. Every build runs it over its seeds, and {@code JAZZER_FUZZ=1} searches for
 * new inputs.
 */
final class DumpStreamFuzzTest {
  /** The most bytes that are read, because a few bytes of zstd may contain gigabytes. */
  private static final int MOST = 1 << 20;

  /** About how many reads an input takes at most. */
  private static final int READS = 64;

  @FuzzTest(maxDuration = "1h", maxExecutions = 1_000_000)
  void bytesAreDecompressedOrRefusedHoweverTheyArrive(byte[] data) {
    String whole = outcome(data, Integer.MAX_VALUE);
    // Short inputs arrive byte by byte. Each read costs two switches of threads.
    assertThat(outcome(data, 1 + data.length / READS)).isEqualTo(whole);
  }

  private static String outcome(byte[] data, int mostAtOnce) {
    CRC32 sum = new CRC32();
    long length = 0;
    try (DumpStream dump = DumpStream.open(new BytesSource(data, mostAtOnce, null, null))) {
      InputStream text = dump.text();
      byte[] some = new byte[4096];
      for (int n = text.read(some); n >= 0 && length < MOST; n = text.read(some)) {
        sum.update(some, 0, n);
        length += n;
      }
      if (length < MOST) {
        dump.finish();
      }
      return length < MOST ? length + " bytes, CRC " + sum.getValue() : "much";
    } catch (DecantException e) {
      assertThat(e.code().kind()).isEqualTo(ErrorKind.INPUT);
      // Of two faults near each other, such as damaged zstd with binary content, the first one that
      // is reported depends on how the bytes arrive.
      return "refused";
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
