package dev.decant.mask.builtin;

import dev.decant.copy.Bytes;
import dev.decant.copy.RowView;
import dev.decant.mask.cipher.LetterCase;
import dev.decant.mask.cipher.Prf;
import dev.decant.schema.Column;

/**
 * A mask for texts that applications compare without regard to case or to surrounding blanks.
 * Values that differ only in these become masked values that differ only in these, so {@code
 * citext} columns, indexes on {@code lower(x)} and joins between {@code citext} and {@code text}
 * still work. The blanks around a value stay. If they do not fit the column beside the masked
 * value, the value with its blanks counts as another value.
 */
abstract class CaseKeepingMask extends TextMask {
  private final TextLimit room;
  private final LetterCase letterCase;

  CaseKeepingMask(Column column, Prf prf) {
    super(column);
    room = TextLimit.of(column.type());
    letterCase = new LetterCase(prf);
  }

  @Override
  final void write(byte[] value, int from, int to, RowView row, Bytes out) {
    int begin = from;
    while (begin < to && isBlank(value[begin])) {
      begin++;
    }
    int end = to;
    while (end > begin && isBlank(value[end - 1])) {
      end--;
    }
    if (begin == end) {
      out.append(value, from, to);
      return;
    }
    int start = out.length();
    out.append(value, from, begin);
    write(value, begin, end, out);
    out.append(value, end, to);
    if (end - begin < to - from && !room.fits(out, start)) {
      out.length(start);
      write(value, from, to, out);
    }
  }

  private void write(byte[] value, int from, int to, Bytes out) {
    Bytes folded = letterCase.fold(value, from, to);
    write(folded.array(), folded.length(), value, from, to, out);
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }

  /** Gives the letters after {@code start} the case of the letters of the raw value. */
  final void recase(Bytes out, int start) {
    letterCase.apply(out.array(), start, out.length());
  }

  /**
   * Appends the masked value. It calls {@link #recase} for the part that is derived from the value.
   *
   * @param folded the raw value in lower case, in the first {@code length} bytes; the masked value
   *     may depend on nothing else, except for parts of the raw value that stay
   */
  abstract void write(byte[] folded, int length, byte[] value, int from, int to, Bytes out);
}
