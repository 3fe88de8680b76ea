package dev.decant.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.decant.frame.SeekTable.Entry;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SeekTableTest {
  private static final List<Entry> ENTRIES =
      List.of(new Entry(0x0102, 0x030405), new Entry(0xFFFF_FFFFL, 0x8000_0000L));

  /** A table that was written by hand from the description of the format. */
  private static final String HEX =
      "5e2a4d18"
          + "19000000"
          + "02010000"
          + "05040300"
          + "ffffffff"
          + "00000080"
          + "02000000"
          + "00"
          + "b1ea928f";

  @Test
  void isAsTheFormatHasIt() {
    assertThat(HexFormat.of().formatHex(SeekTable.encode(ENTRIES))).isEqualTo(HEX);
  }

  @Test
  void comesBack() {
    assertThat(SeekTable.decode(SeekTable.encode(ENTRIES))).isEqualTo(ENTRIES);
    assertThat(SeekTable.decode(SeekTable.encode(List.of()))).isEmpty();
  }

  @Test
  void checksumsOfOthersArePassedOver() {
    String withChecksums =
        "5e2a4d18"
            + "15000000"
            + "02010000"
            + "05040300"
            + "deadbeef"
            + "01000000"
            + "80"
            + "b1ea928f";

    assertThat(SeekTable.decode(HexFormat.of().parseHex(withChecksums)))
        .containsExactly(new Entry(0x0102, 0x030405));
  }

  @Test
  void footerTellsTheLength() {
    byte[] table = SeekTable.encode(ENTRIES);

    assertThat(
            SeekTable.length(
                Arrays.copyOfRange(table, table.length - SeekTable.FOOTER_LENGTH, table.length)))
        .isEqualTo(table.length);
  }

  @Test
  void cutOrChangedTablesAreRefused() {
    byte[] table = SeekTable.encode(ENTRIES);
    for (int i = 0; i < table.length; i++) {
      byte[] cut = Arrays.copyOf(table, i);
      assertThatIllegalArgumentException().isThrownBy(() -> SeekTable.decode(cut));
    }
    for (int i : new int[] {0, 3, 4, 7, 24, 25, 28, 29, 32}) {
      byte[] changed = table.clone();
      changed[i] ^= 0x04;
      assertThatIllegalArgumentException()
          .as("byte %d", i)
          .isThrownBy(() -> SeekTable.decode(changed));
    }
  }

  @Test
  void sizesBeyondTheFormatAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SeekTable.encode(List.of(new Entry(1L << 32, 1))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SeekTable.encode(List.of(new Entry(1, -1))));
  }
}
