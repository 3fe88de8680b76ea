package dev.decant.trace;

import dev.decant.copy.Bytes;
import dev.decant.copy.RowView;
import dev.decant.mask.Mask;
import dev.decant.mask.MaskSpec;
import dev.decant.mask.MaskTap;
import dev.decant.mask.Tracing;
import dev.decant.schema.TableName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/**
 * Shows the raw values of the masked columns of a run to the leak trace, and finds masks that
 * return what they get. Any number of threads may use it.
 */
public final class TracedMasks {
  /**
   * One mask of a column.
   *
   * @param name the table and the column
   * @param values the number of raw values that were traced
   * @param returned the number of these that the mask returned unchanged
   */
  public record Source(String name, String mask, LongAdder values, LongAdder returned) {}

  private final TracedValues values;
  private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
  private final List<Source> sources = new CopyOnWriteArrayList<>();
  private final Set<String> excepted = new ConcurrentSkipListSet<>();
  private final ThreadLocal<ValueTracer> tracers;

  public TracedMasks(TracedValues values) {
    this.values = values;
    this.tracers = ThreadLocal.withInitial(this.values::tracer);
  }

  /** The masks of a table for one worker thread. */
  public final class OfTable implements MaskTap {
    private final TableName table;
    private String column = "";

    private OfTable(TableName table) {
      this.table = table;
    }

    /** Names the column whose masks are made next. */
    public void column(String name) {
      column = table + "." + TableName.quoted(name);
    }

    @Override
    public Mask tap(MaskSpec spec, Tracing usual, Mask mask) {
      Boolean wanted = spec.trace();
      Tracing tracing = wanted == null ? usual : wanted ? Tracing.EVERY : Tracing.NONE;
      if (usual != Tracing.NONE && tracing == Tracing.NONE) {
        excepted.add(column);
      }
      if (tracing == Tracing.NONE) {
        return mask;
      }
      int number = number(column, spec.name());
      return new TracedMask(mask, tracing, number, sources.get(number), tracers.get());
    }
  }

  /** The masks of a table for one worker thread. */
  public OfTable of(TableName table) {
    return new OfTable(table);
  }

  private int number(String column, String mask) {
    return numbers.computeIfAbsent(
        column + ' ' + mask,
        key -> {
          synchronized (sources) {
            sources.add(new Source(column, mask, new LongAdder(), new LongAdder()));
            return sources.size() - 1;
          }
        });
  }

  /** The source with this number, as {@link Leak} has it. */
  public Source source(int number) {
    return sources.get(number);
  }

  /** All sources. */
  public List<Source> sources() {
    return List.copyOf(sources);
  }

  /** The columns whose values would be traced if their rule did not say {@code trace: false}. */
  public Set<String> excepted() {
    return new TreeSet<>(excepted);
  }

  /** Traces the raw values that a mask gets. One thread uses an instance. */
  private record TracedMask(
      Mask mask, Tracing tracing, int number, Source source, ValueTracer tracer) implements Mask {
    @Override
    public boolean apply(byte[] value, int from, int to, RowView row, Bytes out) {
      boolean traced = tracer.add(tracing, number, value, from, to);
      int mark = out.length();
      boolean written = mask.apply(value, from, to, row, out);
      if (traced) {
        source.values.increment();
        if (written
            && out.length() - mark == to - from
            && Arrays.equals(value, from, to, out.array(), mark, out.length())) {
          source.returned.increment();
        }
      }
      return written;
    }
  }
}
