package dev.decant.mask;

import dev.decant.copy.Bytes;
import dev.decant.copy.CopyRow;
import dev.decant.copy.CopyText;
import dev.decant.copy.FieldCount;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.mask.value.Utf8;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The row loop: masks batches of rows of one COPY block. The bytes between two masked fields are
 * copied in one piece. An instance belongs to one thread and allocates nothing per row.
 */
public final class RowMasker {
  private static final byte[] NULL = {'\\', 'N'};

  /** One case of a field. If the mask is null, the value stays. */
  private record MaskCase(@Nullable RowTest when, @Nullable Mask mask) {}

  private record RowWatch(RowTest test, MaskingPlan.Watch watch) {}

  private final MaskingPlan plan;
  private final CopyRow row = new CopyRow();
  private final Bytes value = new Bytes(1024);
  private final int[] fields;
  private final MaskCase[][] cases;
  private final RowWatch[] watches;
  private final FieldCount count;

  /**
   * A masker for one worker.
   *
   * @param maker makes the worker's own masks
   */
  public RowMasker(MaskingPlan plan, MaskingPlan.MaskMaker maker) {
    this.plan = plan;
    count = new FieldCount(plan.fields());
    var masked = plan.maskedFields();
    fields = masked.stream().mapToInt(MaskingPlan.MaskedField::field).toArray();
    cases = masked.stream().map(m -> cases(m, maker)).toArray(MaskCase[][]::new);
    watches =
        plan.watches().stream()
            .map(w -> new RowWatch(RowTest.of(w.condition(), plan), w))
            .toArray(RowWatch[]::new);
  }

  private MaskCase[] cases(MaskingPlan.MaskedField field, MaskingPlan.MaskMaker maker) {
    return field.cases().stream()
        .map(
            c ->
                new MaskCase(
                    c.when() == null ? null : RowTest.of(c.when(), plan),
                    c.mask().name().equals("keep") ? null : maker.make(c.mask(), field.column())))
        .toArray(MaskCase[]::new);
  }

  /**
   * Checks the number of fields of rows that stay as they are by {@link
   * MaskingPlan#passesThrough()}.
   *
   * @param firstRow the number of the first row, for messages
   * @return the number of rows, all of which become part of the snapshot
   */
  public long pass(byte[] rows, int length, long firstRow) {
    if (!plan.passesThrough()) {
      throw new IllegalStateException("The rows have masks or conditions, so they must be masked.");
    }
    if (!count.check(rows, length)) {
      int at = 0;
      for (long i = 0; i <= count.rows(); i++) {
        at = row.split(rows, at, length);
      }
      throw wrongFieldCount(firstRow + count.rows(), row.fields());
    }
    return count.rows();
  }

  /**
   * Appends the masked rows of {@code [0, length)} to {@code out}.
   *
   * @param firstRow the number of the first row, for messages
   * @return the number of appended rows
   */
  public long mask(byte[] rows, int length, long firstRow, Bytes out) {
    RowTest where = plan.where();
    long published = 0;
    long number = firstRow;
    for (int at = 0; at < length; number++) {
      int next = row.split(rows, at, length);
      if (!row.hasFields(plan.fields())) {
        throw wrongFieldCount(number, row.fields());
      }
      if (where == null || where.holds(row)) {
        maskRow(rows, at, next, number, out);
        published++;
      }
      at = next;
    }
    row.release();
    return published;
  }

  private void maskRow(byte[] rows, int begin, int next, long number, Bytes out) {
    int rowStart = out.length();
    int copied = begin;
    for (int m = 0; m < fields.length; m++) {
      int field = fields[m];
      if (row.isNull(field)) {
        continue;
      }
      Mask mask = choose(cases[m]);
      if (mask == null) {
        continue;
      }
      out.append(rows, copied, row.start(field));
      apply(mask, rows, field, number, out);
      copied = row.end(field);
    }
    out.append(rows, copied, next);
    for (RowWatch watch : watches) {
      if (watch.test().holds(row)) {
        watch
            .watch()
            .maskedRow()
            .accept(Arrays.copyOfRange(out.array(), rowStart, out.length() - 1));
      }
    }
  }

  private @Nullable Mask choose(MaskCase[] cases) {
    for (MaskCase c : cases) {
      if (c.when() == null || c.when().holds(row)) {
        return c.mask();
      }
    }
    throw new IllegalStateException("The last case of a rule has a condition.");
  }

  private void apply(Mask mask, byte[] rows, int field, long number, Bytes out) {
    int mark = out.length();
    int from = row.start(field);
    int to = row.end(field);
    byte[] bytes = rows;
    if (CopyText.indexOfBackslash(rows, from, to) != to) {
      // The value has a buffer of its own, because the mask may read other fields of the row.
      value.clear();
      CopyText.unescape(rows, from, to, value);
      bytes = value.array();
      from = 0;
      to = value.length();
    }
    if (!isText(bytes, from, to)) {
      throw invalid(field, number);
    }
    try {
      if (mask.apply(bytes, from, to, row, out)) {
        CopyText.escapeFrom(out, mark);
        return;
      }
    } catch (RuntimeException e) {
      throw failed(e, field, number);
    }
    out.length(mark);
    out.append(NULL);
  }

  /** Whether the bytes are characters, which only a server in SQL_ASCII does not guarantee. */
  private static boolean isText(byte[] bytes, int from, int to) {
    int any = 0;
    for (int i = from; i < to; i++) {
      any |= bytes[i];
    }
    return any >= 0 || Utf8.isValid(bytes, from, to);
  }

  private DecantException invalid(int field, long number) {
    return new DecantException(
        ErrorCode.ROW_INVALID,
        "Row "
            + number
            + " of table "
            + plan.table().name()
            + " has bytes in column "
            + column(field)
            + " that are not UTF-8, so the mask cannot read its characters. If all texts of the"
            + " database have one encoding, name it, for example with --encoding WIN1252. Otherwise"
            + " correct the bytes in the source database.");
  }

  private DecantException wrongFieldCount(long number, int found) {
    return new DecantException(
        ErrorCode.ROW_INVALID,
        "Row "
            + number
            + " of table "
            + plan.table().name()
            + " has "
            + found
            + (found == 1 ? " field" : " fields")
            + ", but the COPY statement has "
            + plan.fields()
            + (plan.fields() == 1 ? " column" : " columns")
            + ". The dump is damaged. Make a new one.");
  }

  private String column(int field) {
    return plan.maskedFields().stream()
        .filter(m -> m.field() == field)
        .map(m -> m.column().name())
        .findFirst()
        .orElse("?");
  }

  /**
   * The error for a mask that failed. A mask throws IllegalArgumentException for a value that is
   * not in the form of the server. Any other exception is a defect. The exception is not the cause,
   * because it may contain the value.
   */
  private DecantException failed(RuntimeException e, int field, long number) {
    String column = column(field);
    if (e instanceof IllegalArgumentException) {
      return new DecantException(
          ErrorCode.ROW_INVALID,
          "Row "
              + number
              + " of table "
              + plan.table().name()
              + " has a value of column "
              + column
              + " in a form that PostgreSQL may accept but does not write, so the mask cannot read"
              + " it. Load the file into an empty database with psql, and dump that with pg_dump."
              + " If pg_dump made this file, please report the type and the mask of the column.");
    }
    return new DecantException(
        ErrorCode.BUG,
        "The mask of column "
            + column
            + " of table "
            + plan.table().name()
            + " failed in row "
            + number
            + " ("
            + e.getClass().getSimpleName()
            + "). Please report this.");
  }
}
