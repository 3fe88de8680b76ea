package dev.decant.dump;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorKind;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** A Jazzer test. Each build runs its seeds; with {@code JAZZER_FUZZ=1} it looks for new inputs. */
final class DumpReaderFuzzTest {
  @FuzzTest(maxDuration = "1h", maxExecutions = 1_000_000)
  void bytesAreReadOrRefusedHoweverTheyArrive(byte[] data) {
    String whole = outcome(new ByteArrayInputStream(data));
    String torn = outcome(TornInputStream.shortReads(data, 30, data.length));
    assertThat(torn).isEqualTo(whole);
  }

  private static String outcome(InputStream in) {
    try {
      return Fixtures.describe(in, 64).toString();
    } catch (DecantException e) {
      assertThat(e.code().kind()).isEqualTo(ErrorKind.INPUT);
      return String.valueOf(e.getMessage());
    }
  }
}
