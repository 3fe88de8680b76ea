package dev.decant.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorKind;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

final class DumpFuzzTest {
  static final List<String> DUMPS = Fixtures.DUMPS;

  private static final byte[] SMALL = Fixtures.bytes("small");

  @Test
  void aDumpCutAtAnyByteIsRefused() {
    for (int length = 0; length < endOfText(SMALL); length++) {
      refuses(Arrays.copyOf(SMALL, length), length);
    }
  }

  @ParameterizedTest
  @FieldSource("DUMPS")
  void aRealDumpCutSomewhereIsRefused(String name) {
    byte[] dump = Fixtures.bytes(name);
    int end = endOfText(dump);
    for (int length = end; length > 0; length -= length > end - 100 ? 1 : 991) {
      refuses(Arrays.copyOf(dump, length - 1), length - 1);
    }
  }

  /** A dump without the blank lines at its end is complete. */
  private static int endOfText(byte[] dump) {
    int end = dump.length;
    while (dump[end - 1] == '\n') {
      end--;
    }
    // The last command is complete only with its line end.
    return dump[end - 1] == '-' ? end : end + 1;
  }

  private static void refuses(byte[] dump, int length) {
    assertThatThrownBy(() -> Fixtures.describe(new ByteArrayInputStream(dump), 1000))
        .as("cut after %s bytes", length)
        .isInstanceOfSatisfying(
            DecantException.class,
            e -> assertThat(e.code().name()).as(e.getMessage()).isIn("INPUT_CUT", "INPUT_INVALID"));
  }

  /** A changed byte is accepted or refused, independently of how the stream delivers it. */
  @Test
  void aChangedDumpIsReadOrRefusedNeverMore() {
    SplittableRandom random = new SplittableRandom(20261121);
    EnumSet<ErrorKind> kinds = EnumSet.noneOf(ErrorKind.class);
    int read = 0;
    for (int round = 0; round < 1000; round++) {
      byte[] changed = change(random);
      Object whole = outcome(new ByteArrayInputStream(changed), kinds);
      Object torn = outcome(TornInputStream.shortReads(changed, 30, round), kinds);
      assertThat(torn).as("round %s", round).isEqualTo(whole);
      read += whole instanceof List ? 1 : 0;
    }
    assertThat(kinds).containsExactly(ErrorKind.INPUT);
    assertThat(read).isBetween(100, 900);
  }

  private static Object outcome(java.io.InputStream in, EnumSet<ErrorKind> kinds) {
    try {
      return Fixtures.describe(in, 32);
    } catch (DecantException e) {
      kinds.add(e.code().kind());
      return String.valueOf(e.getMessage());
    }
  }

  private static byte[] change(SplittableRandom random) {
    byte[] marks = "\\.;'\"$-/*()\n\r\t E".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    byte[] changed = SMALL.clone();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      int at = random.nextInt(changed.length - 20);
      switch (random.nextInt(3)) {
        case 0 -> changed[at] = marks[random.nextInt(marks.length)];
        case 1 -> changed[at] = (byte) random.nextInt(256);
        default -> {
          int count = Math.min(random.nextInt(12), changed.length - at);
          byte[] shorter = Arrays.copyOf(changed, changed.length - count);
          System.arraycopy(changed, at + count, shorter, at, changed.length - at - count);
          changed = shorter;
        }
      }
    }
    return changed;
  }
}
