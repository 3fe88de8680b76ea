package dev.decant.mask.cipher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.copy.Bytes;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.builtin.MaskProbe;
import dev.decant.mask.value.Alphabets;
import dev.decant.mask.value.Numbers;
import dev.decant.mask.value.Utf8;
import dev.decant.schema.Column;
import dev.decant.schema.TypeCategory;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PermutationTest {
  private static final Column SMALLINT = MaskProbe.column("smallint", TypeCategory.SMALLINT);
  private static final Column BIGINT = MaskProbe.column("bigint", TypeCategory.BIGINT);

  @Test
  void aNumberIsHashedAsItsBytes() {
    Prf prf = Prf.derive(new byte[32], "realm");
    byte[] bytes = {1, 2, 3, 4, 5, 6, 7, 8};
    assertThat(prf.hash(9, 0x0807060504030201L)).isEqualTo(prf.hash(9, bytes, 0, 8));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 10, 1000, 4096, 32_767})
  void everyNumberBelowASizeIsReachedOnce(long size) {
    BitPermutation permutation = new BitPermutation(Prf.derive(new byte[32], "realm"));
    Set<Long> seen = new HashSet<>();
    for (long number = 0; number < size; number++) {
      seen.add(permutation.permuteBelow(5, number, size));
    }
    assertThat(seen).hasSize((int) size).allMatch(n -> n >= 0 && n < size);
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "phone"})
  void everySmallintHasAnother(String mask) {
    MaskProbe probe = MaskProbe.of(MaskSpec.of(mask), SMALLINT);
    Set<Short> seen = new HashSet<>();
    for (int number = Short.MIN_VALUE; number <= Short.MAX_VALUE; number++) {
      short masked = Short.parseShort(probe.mask(number + ""));
      seen.add(masked);
      if (mask.equals("phone") && number >= 0 && number < 10) {
        assertThat(masked).isBetween((short) 0, (short) 9);
      } else {
        assertThat(Integer.signum(masked)).isEqualTo(Integer.signum(number));
      }
    }
    assertThat(seen).hasSize(1 << 16);
  }

  @Test
  void idsStayInTheirHalfOfTheType() {
    MaskProbe small = MaskProbe.of(MaskSpec.of("id"), SMALLINT);
    int half = Short.MAX_VALUE / 2;
    for (int number = 1; number <= Short.MAX_VALUE; number++) {
      assertThat(Integer.parseInt(small.mask(number + "")) <= half).isEqualTo(number <= half);
    }
    MaskProbe big = MaskProbe.of(MaskSpec.of("id"), BIGINT);
    assertThat(Long.parseLong(big.mask("17"))).isBetween(1L, Long.MAX_VALUE / 2);
    assertThat(Long.parseLong(big.mask(Long.MAX_VALUE + ""))).isGreaterThan(Long.MAX_VALUE / 2);
  }

  @Test
  void aPhoneNumberOfDigitsKeepsItsLengthAndPrefix() {
    MaskProbe phone = MaskProbe.of(MaskProbe.spec("phone", "keep-prefix", 2L), BIGINT);
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      String raw = "49" + (1 + random.nextInt(9)) + random.nextInt(Integer.MAX_VALUE);
      assertThat(phone.mask(raw)).startsWith("49").hasSameSizeAs(raw);
    }
    assertThat(phone.mask(Long.MAX_VALUE + "")).startsWith("92").hasSize(19);
    assertThat(phone.mask(Long.MIN_VALUE + "")).startsWith("-92").hasSize(20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "a", "aZ", "a1", "ß", "äB", "x-4", "ж9", "1/2"})
  void everyTextOfAShapeIsReachedOnce(String shape) {
    MaskProbe scramble = MaskProbe.text("scramble");
    Set<String> reached = new HashSet<>();
    Set<String> raw = new HashSet<>(Set.of(shape));
    // Replacing the first and the last symbol of each known text leads to all texts of the shape.
    for (String start : texts(shape)) {
      raw.add(start);
      reached.add(scramble.mask(start));
    }
    assertThat(reached).isEqualTo(raw);
  }

  private static Set<String> texts(String shape) {
    Set<String> texts = new HashSet<>(Set.of(""));
    for (int c : shape.codePoints().toArray()) {
      Alphabets.Page page = Alphabets.ALL.page(c >>> 8);
      Alphabets.Alphabet alphabet = page.alphabets[c & 255];
      int[] characters =
          alphabet == null
              ? new int[] {c}
              : (page.symbols[c & 255] & 1) == 1 ? alphabet.upper : alphabet.lower;
      Set<String> longer = new HashSet<>();
      for (String text : texts) {
        IntStream.of(characters).forEach(n -> longer.add(text + Character.toString(n)));
      }
      texts = longer;
    }
    return texts;
  }

  @Test
  void caseIsCarriedOver() {
    MaskProbe scramble = MaskProbe.text("scramble");
    String lower = scramble.mask("grüße an müller");
    assertThat(scramble.mask("GRÜßE AN MÜLLER"))
        .isEqualTo(lower.toUpperCase(Locale.ROOT).replace("SS", "ß").replace("Ÿ", "ÿ"));
    assertThat(scramble.mask("Grüße an Müller")).isEqualToIgnoringCase(lower);
  }

  @Test
  void aTextOfSeveralChunksStaysInvertible() {
    MaskProbe scramble = MaskProbe.text("scramble");
    String start = "lorem ipsum 123 ".repeat(500);
    Set<String> masked = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      String raw = start.substring(0, i * 70) + "X" + start.substring(i * 70 + 1);
      String one = scramble.mask(raw);
      assertThat(one).hasSameSizeAs(raw).isNotEqualTo(raw);
      masked.add(one);
    }
    assertThat(masked).hasSize(100);
    // A change in the first chunk changes all chunks after it.
    String tail = scramble.mask("a" + start).substring(7000);
    assertThat(scramble.mask("b" + start).substring(7000)).isNotEqualTo(tail);
  }

  @Test
  void bytesThatAreNoUtf8Stay() {
    MaskProbe scramble = MaskProbe.text("scramble");
    byte[] raw = {'a', (byte) 0xff, 'b', (byte) 0xc3, '1', (byte) 0xe2, (byte) 0x82};
    byte[] masked = java.util.Objects.requireNonNull(scramble.maskBytes(raw));
    assertThat(masked).hasSize(7).contains(0xff, org.assertj.core.data.Index.atIndex(1));
    assertThat(masked).endsWith((byte) 0xe2, (byte) 0x82);
    assertThat((char) masked[4]).isBetween('0', '9');
  }

  @Test
  void whatIsKeptStaysUnlessItIsAll() {
    MaskProbe ends = MaskProbe.text("scramble", "keep-first", 2L, "keep-last", 2L);
    assertThat(ends.mask("äbcdefghij")).startsWith("äb").endsWith("ij").isNotEqualTo("äbcdefghij");
    assertThat(IntStream.range(10, 99).filter(i -> !ends.mask("q" + i).equals("q" + i)).count())
        .isGreaterThan(80);
    MaskProbe chars = MaskProbe.text("scramble", "keep-chars", "e9");
    assertThat(chars.mask("Eerie 9to9 desk")).matches("Ee[^eE][^eE]e 9[^e9][^e9]9 [^e]e[^e][^e]");
  }

  @Test
  void codePointsOfEveryLengthRoundTrip() {
    byte[] bytes = new byte[4];
    for (int c = 0; c <= Character.MAX_CODE_POINT; c += c < 0x900 ? 1 : 97) {
      if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
        continue;
      }
      int end = Utf8.encode(c, bytes, 0);
      assertThat(new String(bytes, 0, end, StandardCharsets.UTF_8))
          .isEqualTo(Character.toString(c));
      assertThat(Utf8.codePoint(Utf8.decode(bytes, 0, end))).isEqualTo(c);
      assertThat(Utf8.length(Utf8.decode(bytes, 0, end))).isEqualTo(end);
    }
  }

  @Test
  void lettersOfAnAlphabetTakeTheSameBytes() {
    Set<Alphabets.Alphabet> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int p = 0; p < 0x200; p++) {
      for (Alphabets.Alphabet alphabet : Alphabets.ALL.page(p).alphabets) {
        if (alphabet != null && seen.add(alphabet)) {
          int length = Utf8.lengthOf(alphabet.lower[0]);
          assertThat(IntStream.concat(IntStream.of(alphabet.lower), IntStream.of(alphabet.upper)))
              .allMatch(c -> Utf8.lengthOf(c) == length);
        }
      }
    }
  }

  @Test
  void unsignedNumbersAreWritten() {
    for (long number : new long[] {0, 9, 10, Long.MAX_VALUE, Long.MIN_VALUE, -1}) {
      Bytes out = new Bytes(1);
      Numbers.appendUnsigned(number, out);
      assertThat(new String(out.array(), 0, out.length(), StandardCharsets.US_ASCII))
          .isEqualTo(Long.toUnsignedString(number));
    }
  }
}
