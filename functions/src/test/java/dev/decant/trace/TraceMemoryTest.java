package dev.decant.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.mask.Tracing;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TraceMemoryTest {
  private static final int VALUES = 2_000_000;

  @TempDir Path folder = Path.of("");

  private static byte[] address(long number) {
    return ("user" + number * 7919 + "@example.com").getBytes(UTF_8);
  }

  /**
   * The filter of 1 MB has four bits for a value, so it lets much pass. The result is as exact as
   * with a large one, and what is held does not grow with the number of values.
   */
  @Test
  void millionsOfValuesTakeTheMemoryOfTheSetting() {
    try (TracedValues values = new TracedValues(folder, 1 << 20, 6, Set.of())) {
      ValueTracer tracer = values.tracer();
      for (long i = 0; i < VALUES; i++) {
        byte[] value = address(i);
        tracer.add(Tracing.EVERY, 1, value, 0, value.length);
      }
      long before = used();
      try (LeakSearch search = LeakSearchTest.filled(values, 2)) {
        assertThat(search.filterBytes()).isLessThanOrEqualTo(1 << 20);
        TextFinder finder = search.finder();
        long planted = 0;
        for (long i = VALUES - 1000; i < VALUES + 20_000; i++) {
          byte[] value = address(i);
          finder.find(7, i, false, value, 0, value.length);
          planted += i < VALUES ? 1 : 0;
        }
        assertThat(used() - before).isLessThan(8 << 20);
        List<Leak> leaks = search.leaks(column -> true);
        assertThat(leaks).containsExactly(new Leak(7, 1, (int) planted));
        assertThat(search.falseHitOneIn()).isGreaterThan(1_000_000);
      }
    }
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /**
   * If the bits of fingerprints are like random ones, then the number of pairs of values that have
   * some bits in common follows the number of these bits. So two values share all bits with the
   * probability that the documents state.
   */
  @Test
  void fingerprintsCollideAsRandomNumbersDo() {
    WordKey key = new WordKey(secret());
    int values = 1 << 18;
    Set<Long> low = new HashSet<>();
    Set<Long> high = new HashSet<>();
    Set<Long> mixed = new HashSet<>();
    for (int i = 0; i < values; i++) {
      byte[] word = ("%07d@x.com".formatted(i) + "\0".repeat(WordKey.SLACK)).getBytes(UTF_8);
      long lo = key.oneLo(key.lo(word, 0, word.length - WordKey.SLACK));
      long hi = key.oneHi(key.hi(word, 0, word.length - WordKey.SLACK));
      low.add(lo >>> 32);
      high.add(hi >>> 32);
      mixed.add((lo & 0xffff) << 16 | (hi >>> 23 & 0xffff));
    }
    // 2^35 pairs and 32 bits: 8 are expected to be the same, and more than 25 with less than 1e-6.
    for (Set<Long> different : List.of(low, high, mixed)) {
      assertThat(values - different.size()).isLessThan(26);
    }
    assertThat(Fingerprint.BITS).isGreaterThanOrEqualTo(104);
  }

  /**
   * The number of look-ups for each byte is bounded, also for a text whose segments all begin a
   * traced value. So a billion traced values and a terabyte of such texts have no false hit with a
   * probability that is far below one in a million.
   */
  @Test
  void theLookUpsOfTheWorstTextLeaveFalseHitsRare() {
    try (TracedValues values = new TracedValues(folder, 1 << 20, 2, Set.of())) {
      ValueTracer tracer = values.tracer();
      for (String value : List.of("a a b", "a.a.b", "a-b a")) {
        byte[] bytes = value.getBytes(UTF_8);
        tracer.add(Tracing.EVERY, 1, bytes, 0, bytes.length);
      }
      try (LeakSearch search = LeakSearchTest.filled(values, 2)) {
        for (String text : List.of("a.", "a ", "<a>", "0.", "a. ", "a.a ", "a+a@a", "%2540a")) {
          long before = search.looked();
          byte[] bytes = text.repeat(40_000).getBytes(UTF_8);
          search.finder().find(1, 1, false, bytes, 0, bytes.length);
          double each = (double) (search.looked() - before) / bytes.length;
          assertThat(each).describedAs(text).isBetween(0.0, 64.0);
          double pairs = 1e9 * 1e12 * each;
          assertThat(Math.scalb(1.0, Fingerprint.BITS) / pairs).isGreaterThan(1e6);
        }
      }
    }
  }

  private static byte[] secret() {
    byte[] secret = new byte[WordKey.BYTES];
    new SecureRandom().nextBytes(secret);
    return secret;
  }
}
