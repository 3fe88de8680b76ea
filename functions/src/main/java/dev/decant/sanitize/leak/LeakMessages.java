package dev.decant.sanitize.leak;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.trace.Leak;
import dev.decant.trace.TracedMasks;
import java.util.Collection;
import java.util.List;

/** The errors of the leak trace. They name columns and objects, and never a value. */
public final class LeakMessages {
  /** A mask may return some values by chance, or because they have nothing to change. */
  private static final long RETURNED_SHARE = 1000;

  private static final long RETURNED_LEAST = 3;

  private LeakMessages() {}

  /**
   * Requires that the masks did not return what they got.
   *
   * @throws DecantException {@link ErrorCode#LEAK_FOUND} if a mask did so too often
   */
  public static void requireMasked(List<TracedMasks.Source> sources) {
    StringBuilder lines = new StringBuilder();
    for (TracedMasks.Source source : sources) {
      long returned = source.returned().sum();
      long all = source.values().sum();
      if (returned > Math.max(RETURNED_LEAST, all / RETURNED_SHARE)) {
        lines
            .append("\n  column ")
            .append(source.name())
            .append(": the mask ")
            .append(source.mask())
            .append(" returned ")
            .append(returned)
            .append(" of ")
            .append(all)
            .append(" values unchanged");
      }
    }
    if (!lines.isEmpty()) {
      throw new DecantException(
          ErrorCode.LEAK_FOUND,
          "Masks return raw values, so nothing is published:"
              + lines
              + "\nChoose other masks or options for these columns.");
    }
  }

  /**
   * Requires that columns have no values but those that their masks can write.
   *
   * @throws DecantException {@link ErrorCode#LEAK_FOUND} if there are others
   */
  public static void requireWritten(Collection<WrittenColumn> columns) {
    StringBuilder lines = new StringBuilder();
    for (WrittenColumn column : columns) {
      if (column.others() > 0) {
        lines
            .append("\n  column ")
            .append(column.name())
            .append(": ")
            .append(column.others())
            .append(" of ")
            .append(column.values())
            .append(" values are none that the mask ")
            .append(column.mask())
            .append(" writes");
      }
    }
    if (!lines.isEmpty()) {
      throw new DecantException(
          ErrorCode.LEAK_FOUND,
          "The snapshot has values that the masks of their columns do not write, so nothing is"
              + " published:"
              + lines
              + "\nA mask did not run, or something changed its values. If the masks are decant's"
              + " own, please report this error; otherwise correct the mask.");
    }
  }

  /** The error for raw values that were found. */
  public static DecantException found(List<Leak> leaks, TracePlaces places, TracedMasks masks) {
    StringBuilder message =
        new StringBuilder("Raw values of masked columns would leave, so nothing is published:");
    for (Leak leak : leaks) {
      TracePlaces.Place place = places.place(leak.column());
      message
          .append(place.isColumn() ? "\n  column " : "\n  the DDL of ")
          .append(place.name())
          .append(place.isColumn() ? ": " + rows(leak) : " has")
          .append(" values of ")
          .append(masks.source(leak.source()).name());
    }
    return new DecantException(
        ErrorCode.LEAK_FOUND,
        message
            + "\nMask these columns too, or change the sql step or the DDL that copies the values."
            + " If the values are not personal, list them in trace.ignore of the policy, or write"
            + " trace: false into the rule of the column that they come from.");
  }

  private static String rows(Leak leak) {
    return leak.rows() == 1
        ? "1 row has"
        : (leak.rows() == Leak.MOST ? "at least " : "") + leak.rows() + " rows have";
  }
}
