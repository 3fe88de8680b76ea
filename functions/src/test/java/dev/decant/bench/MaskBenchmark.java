package dev.decant.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.copy.Bytes;
import dev.decant.copy.CopyRow;
import dev.decant.mask.Mask;
import dev.decant.mask.TableMaskKit;
import dev.decant.mask.builtin.BuiltInMasks;
import dev.decant.mask.cipher.MaskingKey;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The time of one mask for one value in one thread, in nanoseconds. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class MaskBenchmark {
  private static final int VALUES = 1024;

  /** The mask to measure. */
  @Param public MaskCase value = MaskCase.EMAIL;

  private final byte[][] values = new byte[VALUES][];
  private final Bytes out = new Bytes(1 << 16);
  private final CopyRow row = new CopyRow();
  private Mask mask = (bytes, from, to, view, to2) -> true;

  /** Makes the values and the mask. */
  @Setup
  public void make() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < VALUES; i++) {
      values[i] = value.value(random).getBytes(UTF_8);
    }
    MaskingKey key = new MaskingKey(new byte[MaskingKey.MIN_BYTES]);
    mask =
        new TableMaskKit(BuiltInMasks.standard(), key, Locale.GERMAN, List.of("c"))
            .mask(value.spec(), value.column());
  }

  /** Masks each value once. */
  @Benchmark
  @OperationsPerInvocation(VALUES)
  public int mask() {
    int length = 0;
    for (byte[] raw : values) {
      out.clear();
      mask.apply(raw, 0, raw.length, row, out);
      length += out.length();
    }
    return length;
  }
}
