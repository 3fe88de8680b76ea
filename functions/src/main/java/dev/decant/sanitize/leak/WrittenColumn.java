package dev.decant.sanitize.leak;

import dev.decant.mask.WrittenValues;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Checks that a column has no values but those that its masks can write, and counts the values. If
 * sql steps may have overwritten the values, others are no error. Any number of threads may use it.
 */
public final class WrittenColumn {
  private final String name;
  private final String mask;
  private final WrittenValues[] cases;
  private final boolean bySteps;
  private final LongAdder values = new LongAdder();
  private final LongAdder others = new LongAdder();

  /**
   * A column with one or more masks.
   *
   * @param mask the name of a mask, for messages
   * @param cases the values that the masks can write
   * @param bySteps whether sql steps may have overwritten the values
   */
  WrittenColumn(String name, String mask, List<WrittenValues> cases, boolean bySteps) {
    this.name = name;
    this.mask = mask;
    this.cases = cases.toArray(new WrittenValues[0]);
    this.bySteps = bySteps;
  }

  /** Counts a value. Returns whether a mask can write it. */
  boolean check(byte[] value, int from, int to) {
    values.increment();
    for (WrittenValues each : cases) {
      if (each.has(value, from, to)) {
        return true;
      }
    }
    others.increment();
    return false;
  }

  public String name() {
    return name;
  }

  public String mask() {
    return mask;
  }

  /** The number of values. */
  public long values() {
    return values.sum();
  }

  /** The number of values that neither a mask of the column nor an sql step can have written. */
  long others() {
    return bySteps ? 0 : others.sum();
  }
}
