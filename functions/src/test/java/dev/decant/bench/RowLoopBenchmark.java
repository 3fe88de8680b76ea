package dev.decant.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.copy.Bytes;
import dev.decant.dump.DumpPart;
import dev.decant.dump.DumpReader;
import dev.decant.dump.RowBatch;
import dev.decant.mask.ColumnRule;
import dev.decant.mask.MaskingPlan;
import dev.decant.mask.RowMasker;
import dev.decant.mask.TableMaskKit;
import dev.decant.mask.TableRule;
import dev.decant.mask.builtin.BuiltInMasks;
import dev.decant.mask.cipher.MaskingKey;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures the row loop in one thread. A dump with 15 columns goes through the reader, and its rows
 * go through the masks of 8 columns. The result is {@code bytes}, the bytes of raw text per second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
public class RowLoopBenchmark {
  private static final int ROWS = 20_000;

  /** Counts the bytes of raw text. JMH converts the count to bytes per second. */
  @AuxCounters
  @State(Scope.Thread)
  public static class Volume {
    /** A public field, as JMH requires. */
    public long bytes;
  }

  private final RowBatch batch = new RowBatch(8 << 20);
  private final Bytes out = new Bytes(16 << 20);
  private byte[] dump = {};
  private byte[] rows = {};
  private RowMasker masker = masker(column -> ColumnRule.keep());

  private RowMasker passing = masker(column -> ColumnRule.keep());

  /** Makes the rows. */
  @Setup
  public void make() {
    dump = People.dump(ROWS).getBytes(UTF_8);
    rows = People.rows(ROWS).getBytes(UTF_8);
    masker = masker(column -> ColumnRule.of(People.mask(column)));
  }

  private static RowMasker masker(Function<String, ColumnRule> rule) {
    TableRule rules =
        new TableRule(false, People.COLUMNS.stream().collect(Collectors.toMap(c -> c, rule)), null);
    MaskingKey key = new MaskingKey(new byte[MaskingKey.MIN_BYTES]);
    return new RowMasker(
        MaskingPlan.of(People.TABLE, People.COLUMNS, rules, List.of()),
        new TableMaskKit(BuiltInMasks.standard(), key, Locale.GERMAN, People.COLUMNS)::mask);
  }

  /** Cuts rows into batches. No mask changes them. */
  @Benchmark
  public long reader(Volume volume) {
    long count = 0;
    try (DumpReader reader = new DumpReader(new ByteArrayInputStream(dump))) {
      for (DumpPart part = reader.next(); !(part instanceof DumpPart.End); part = reader.next()) {
        while (part instanceof DumpPart.CopyStart && reader.readRows(batch)) {
          count += batch.rows();
        }
      }
    }
    volume.bytes += dump.length;
    return count;
  }

  /** Counts the fields of rows. No mask changes them. */
  @Benchmark
  public long pass(Volume volume) {
    volume.bytes += rows.length;
    return passing.pass(rows, rows.length, 1);
  }

  /** Masks eight of fifteen columns. */
  @Benchmark
  public long mask(Volume volume) {
    out.clear();
    volume.bytes += rows.length;
    return masker.mask(rows, rows.length, 1, out);
  }
}
