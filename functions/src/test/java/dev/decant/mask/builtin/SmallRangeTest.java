package dev.decant.mask.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.mask.MaskSpec;
import dev.decant.mask.cipher.CyclePermutation;
import dev.decant.mask.cipher.Prf;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In a small range every value must change, and only the key decides which value it becomes. */
final class SmallRangeTest {
  private static final int REALMS = 400;
  private static final Column TEXT = MaskProbe.column("text", TypeCategory.TEXT);

  private static MaskProbe probe(MaskSpec spec, Column column, int realm) {
    return MaskProbe.of(new MaskSpec(spec.name(), spec.options(), "realm" + realm, null), column);
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toList();
  }

  private static void allChange(MaskSpec spec, Column column, List<String> values) {
    for (int realm = 0; realm < REALMS; realm++) {
      MaskProbe probe = probe(spec, column, realm);
      Set<String> masked = new HashSet<>();
      for (String value : values) {
        String one = probe.mask(value);
        assertThat(one).as("realm %s", realm).isNotEqualTo(value);
        masked.add(one);
      }
      assertThat(masked).hasSameSizeAs(values);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 10", "10, 100", "100, 130"})
  void everyShortNumberChanges(int from, int to) {
    List<String> numbers = numbers(from, to);
    allChange(MaskSpec.of("scramble"), TEXT, numbers);
    allChange(MaskSpec.of("phone"), TEXT, numbers);
    allChange(MaskSpec.of("phone"), MaskProbe.column("integer", TypeCategory.INTEGER), numbers);
    allChange(
        MaskProbe.spec("phone", "keep-prefix", 2L),
        MaskProbe.column("bigint", TypeCategory.BIGINT),
        numbers.stream().map(n -> "49" + n).toList());
  }

  @Test
  void everyShortTextChanges() {
    allChange(MaskSpec.of("scramble"), TEXT, List.of("m", "f", "d", "x"));
    allChange(MaskSpec.of("scramble"), TEXT, List.of("A1", "A2", "B1", "B2"));
    allChange(MaskSpec.of("scramble"), TEXT, List.of("ß", "漢字", "漢", "ж", "+ 7 -"));
    allChange(MaskSpec.of("postcode"), TEXT, List.of("1", "12", "A1"));
    allChange(
        MaskProbe.spec("scramble", "keep-first", 1L, "keep-last", 1L),
        TEXT,
        List.of("a1b", "a2b", "a3b"));
    for (int realm = 0; realm < REALMS; realm++) {
      assertThat(probe(MaskSpec.of("text"), TEXT, realm).mask("e")).isNotEqualTo("e");
    }
  }

  @Test
  void everyNetworkOfFewBitsChanges() {
    Column cidr = MaskProbe.column("cidr", TypeCategory.CIDR);
    Column inet = MaskProbe.column("inet", TypeCategory.INET);
    allChange(MaskSpec.of("ip"), cidr, List.of("10.0.0.0/8", "11.0.0.0/8", "128.0.0.0/1"));
    allChange(
        MaskProbe.spec("ip", "prefix", 24L),
        inet,
        numbers(0, 256).stream().map("192.0.2."::concat).toList());
    allChange(
        MaskProbe.spec("ip", "prefix", 24L),
        cidr,
        List.of("2001:db00::/25", "2001:db80::/25", "2001:db80::/26", "2001:dbc0::/26"));
  }

  @Test
  void oneDigitIsNoRotation() {
    int rotations = 0;
    int[] becomes = new int[10];
    int realms = 9000;
    for (int realm = 0; realm < realms; realm++) {
      MaskProbe scramble = probe(MaskSpec.of("scramble"), TEXT, realm);
      Set<Integer> distances = new HashSet<>();
      for (int digit = 0; digit < 10; digit++) {
        distances.add((Integer.parseInt(scramble.mask(digit + "")) - digit + 10) % 10);
      }
      rotations += distances.size() == 1 ? 1 : 0;
      becomes[Integer.parseInt(scramble.mask("0"))]++;
    }
    assertThat(rotations).isLessThan(3);
    assertThat(becomes[0]).isZero();
    // The expected count of each is a thousand, with a standard deviation of 30.
    assertThat(IntStream.of(becomes).skip(1)).allMatch(count -> count > 850 && count < 1150);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10, 26, 100, 676, 4096})
  void allNumbersLieOnOneCycle(int size) {
    CyclePermutation cycle = new CyclePermutation(Prf.derive(new byte[32], "realm"));
    CyclePermutation again = new CyclePermutation(Prf.derive(new byte[32], "realm"));
    List<Long> seen = new ArrayList<>();
    long number = 0;
    do {
      seen.add(number);
      long next = cycle.next(7, number, size);
      assertThat(again.next(7, number, size)).isEqualTo(next);
      number = next;
    } while (number != 0);
    assertThat(seen).hasSize(size).doesNotHaveDuplicates().allMatch(n -> n >= 0 && n < size);
  }

  @Test
  void twoLettersOfALargeAlphabetStayApart() {
    CyclePermutation cycle = new CyclePermutation(Prf.derive(new byte[32], "realm"));
    long size = 20_992L * 20_992L;
    Set<Long> seen = new HashSet<>();
    for (long number = 0; number < 20_000; number++) {
      long next = cycle.next(7, number, size);
      assertThat(next).isBetween(0L, size - 1).isNotEqualTo(number);
      seen.add(next);
    }
    assertThat(seen).hasSize(20_000);
  }
}
