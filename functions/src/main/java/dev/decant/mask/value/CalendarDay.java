package dev.decant.mask.value;

import dev.decant.copy.Bytes;

/**
 * The date at the start of a PostgreSQL date or timestamp in ISO style, as a number of days. A year
 * may have more than four digits, and {@code BC} may stand at the end. The calendar is the
 * proleptic Gregorian one, as in PostgreSQL. The algorithms are by Howard Hinnant
 * ("chrono-compatible low-level date algorithms"). Only one thread may use an instance.
 */
public final class CalendarDay {
  private static final long ERA_DAYS = 146_097;
  private static final long EPOCH = 719_468;
  private static final byte[] MIDNIGHT = {' ', '0', '0', ':', '0', '0', ':', '0', '0'};

  /**
   * PostgreSQL accepts days from 4714-11-24 BC. This day is later, so that it is in the range in
   * every time zone.
   */
  public static final long FIRST = day(-4713, 11, 26);

  private static final long LAST_DATE = day(5_874_897, 12, 31);
  private static final long LAST_TIMESTAMP = day(294_276, 12, 30);

  private long day;
  private final Bytes midnight = new Bytes(32);
  private long year;
  private int month;
  private int restFrom;
  private int restTo;

  /** The number of days since 1970-01-01. */
  public long day() {
    return day;
  }

  /** The year, which is 0 for 1 BC and negative before. */
  public long year() {
    return year;
  }

  /** The month from 1 to 12. */
  public int month() {
    return month;
  }

  /** The last day of the type date, or a day near the end of the timestamps. */
  public static long last(boolean isDate) {
    return isDate ? LAST_DATE : LAST_TIMESTAMP;
  }

  /** Whether the text is {@code infinity} or {@code -infinity}. */
  public static boolean isInfinity(byte[] value, int from, int to) {
    return to > from && (value[from] == 'i' || (value[from] == '-' && value[from + 1] == 'i'));
  }

  /** The beginning of the time of day and zone, which stand between the date and {@code BC}. */
  int restFrom() {
    return restFrom;
  }

  int restTo() {
    return restTo;
  }

  /** Reads the date. It returns false if the text does not begin with a date. */
  public boolean parse(byte[] value, int from, int to) {
    boolean beforeChrist = to - from > 3 && value[to - 1] == 'C' && value[to - 2] == 'B';
    restTo = beforeChrist ? to - 3 : to;
    int i = from;
    long written = 0;
    while (i < restTo && value[i] >= '0' && value[i] <= '9') {
      written = written * 10 + value[i++] - '0';
    }
    if (i - from < 4 || i - from > 7 || i + 6 > restTo || value[i] != '-' || value[i + 3] != '-') {
      return false;
    }
    month = (value[i + 1] - '0') * 10 + value[i + 2] - '0';
    int dayOfMonth = (value[i + 4] - '0') * 10 + value[i + 5] - '0';
    restFrom = i + 6;
    year = beforeChrist ? 1 - written : written;
    day = day(year, month, dayOfMonth);
    return month >= 1 && month <= 12 && dayOfMonth >= 1 && dayOfMonth <= 31;
  }

  public static long day(long year, int month, int dayOfMonth) {
    long y = month <= 2 ? year - 1 : year;
    long era = Math.floorDiv(y, 400);
    long yearOfEra = y - era * 400;
    long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + dayOfMonth - 1;
    long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * ERA_DAYS + dayOfEra - EPOCH;
  }

  /** Appends a day, and the rest of the text that was parsed, which followed its date. */
  public void append(long newDay, byte[] value, Bytes out) {
    append(newDay, value, restFrom, restTo, out);
  }

  /** Appends a day at midnight, with the zone of the text that was parsed. */
  public void appendMidnight(long newDay, byte[] value, Bytes out) {
    int zone = restFrom;
    while (zone < restTo && value[zone] != '+' && value[zone] != '-') {
      zone++;
    }
    midnight.clear();
    if (restFrom < restTo) {
      midnight.append(MIDNIGHT);
    }
    midnight.append(value, zone, restTo);
    append(newDay, midnight.array(), 0, midnight.length(), out);
  }

  private static void append(long newDay, byte[] rest, int restFrom, int restTo, Bytes out) {
    long z = newDay + EPOCH;
    long era = Math.floorDiv(z, ERA_DAYS);
    long dayOfEra = z - era * ERA_DAYS;
    long yearOfEra =
        (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / (ERA_DAYS - 1)) / 365;
    long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    long shifted = (5 * dayOfYear + 2) / 153;
    long month = shifted < 10 ? shifted + 3 : shifted - 9;
    long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    long shown = year > 0 ? year : 1 - year;
    Numbers.appendPadded(shown, Math.max(4, Numbers.digits(shown)), out);
    out.append((byte) '-');
    Numbers.appendPadded(month, 2, out);
    out.append((byte) '-');
    Numbers.appendPadded(dayOfYear - (153 * shifted + 2) / 5 + 1, 2, out);
    out.append(rest, restFrom, restTo);
    if (year <= 0) {
      out.append((byte) ' ');
      out.append((byte) 'B');
      out.append((byte) 'C');
    }
  }
}
