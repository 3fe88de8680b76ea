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
   * @param isTraced whether its values are looked for everywhere
   * @param values the number of raw values that were traced; all raw values if the rule says {@code
   *     trace: false}
   * @param returned the number of values that the mask returned unchanged, apart from those that
   *     are too short to be traced
   */
  public record Source(
      String name, String mask, boolean isTraced, LongAdder values, LongAdder returned) {}

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
    private boolean alone;

    private OfTable(TableName table) {
      this.table = table;
    }

    /**
     * Names the column whose masks are made next.
     *
     * @param writesWords whether its values are words of a dictionary, which sql steps may
     *     overwrite. Then its raw values are traced for {@link TextFinder#findAlone}
     */
    public void column(String name, boolean writesWords) {
      column = table + "." + TableName.quoted(name);
      alone = writesWords;
    }

    @Override
    public Mask tap(MaskSpec spec, Tracing usual, Mask mask) {
      Boolean wanted = spec.trace();
      Tracing tracing = wanted == null ? usual : wanted ? Tracing.EVERY : Tracing.NONE;
      boolean isException = usual != Tracing.NONE && tracing == Tracing.NONE;
      if (isException) {
        excepted.add(column);
      }
      boolean only = alone && !Boolean.FALSE.equals(wanted);
      if (tracing == Tracing.NONE && !isException && !only) {
        return mask;
      }
      int number = number(column, spec.name(), tracing != Tracing.NONE);
      ValueTracer tracer = tracers.get();
      return isException
          ? new UntracedMask(mask, usual, sources.get(number), tracer)
          : new TracedMask(mask, tracing, only, number, sources.get(number), tracer);
    }
  }

  /** The masks of a table for one worker thread. */
  public OfTable of(TableName table) {
    return new OfTable(table);
  }

  private int number(String column, String mask, boolean isTraced) {
    return numbers.computeIfAbsent(
        column + ' ' + mask + (isTraced ? "" : " untraced"),
        key -> {
          synchronized (sources) {
            sources.add(new Source(column, mask, isTraced, new LongAdder(), new LongAdder()));
            return sources.size() - 1;
          }
        });
  }

  /**
   * Adds a source that another process of the run found, with its counts. Returns its number here.
   */
  public int add(String name, String mask, boolean isTraced, long traced, long returned) {
    int number = number(name, mask, isTraced);
    sources.get(number).values.add(traced);
    sources.get(number).returned.add(returned);
    return number;
  }

  /** Adds columns that another process of the run found to be excepted. */
  public void addExcepted(Set<String> columns) {
    excepted.addAll(columns);
  }

  /** The source with this number, as {@link Leak} has it. */
  public Source source(int number) {
    return sources.get(number);
  }

  /** All sources. The threads that use the masks must have ended. */
  public List<Source> sources() {
    values.end();
    return List.copyOf(sources);
  }

  /** The columns whose values would be traced if their rule did not say {@code trace: false}. */
  public Set<String> excepted() {
    return new TreeSet<>(excepted);
  }

  /** Traces the raw values that a mask gets. One thread uses an instance. */
  private record TracedMask(
      Mask mask, Tracing tracing, boolean alone, int number, Source source, ValueTracer tracer)
      implements Mask, TraceQueue.Receiver {
    @Override
    public boolean apply(byte[] value, int from, int to, RowView row, Bytes out) {
      int mark = out.length();
      boolean written = mask.apply(value, from, to, row, out);
      if (alone || tracer.mayTrace(tracing, to - from)) {
        boolean returned = written && isSame(value, from, to, out, mark);
        tracer.queue().add(this, value, from, to, returned);
      }
      return written;
    }

    @Override
    public void trace(byte[] value, int from, int to, boolean returned) {
      if (alone) {
        tracer.addAlone(number, value, from, to);
      }
      if (tracer.add(tracing, number, value, from, to)) {
        source.values.increment();
        if (returned) {
          source.returned.increment();
        }
      }
    }
  }

  /** Counts the values that a mask returns, without tracing them. One thread uses an instance. */
  private record UntracedMask(Mask mask, Tracing usual, Source source, ValueTracer tracer)
      implements Mask {
    @Override
    public boolean apply(byte[] value, int from, int to, RowView row, Bytes out) {
      int mark = out.length();
      boolean written = mask.apply(value, from, to, row, out);
      source.values.increment();
      if (written
          && isSame(value, from, to, out, mark)
          && tracer.isTraced(usual, value, from, to)) {
        source.returned.increment();
      }
      return written;
    }
  }

  private static boolean isSame(byte[] value, int from, int to, Bytes out, int mark) {
    return out.length() - mark == to - from
        && Arrays.equals(value, from, to, out.array(), mark, out.length());
  }
}
