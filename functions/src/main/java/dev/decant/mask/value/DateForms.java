package dev.decant.mask.value;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The forms of dates that scripts contain, such as {@code 1962/2/18} and {@code Feb 18, 1962}. The
 * server accepts them and pg_dump never writes them. As with the setting {@code DateStyle = MDY},
 * which a dump cannot change, the month comes first in {@code 2/18/1962}.
 */
public final class DateForms {
  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
  private static final String REST = "(?<rest>(?:[ T]\\s*\\d{1,2}:\\d\\d.*)?)";

  private static final List<Pattern> FORMS =
      List.of(
          form("(?<y>\\d{4,7})([-/.])(?<m>\\d{1,2})\\2(?<d>\\d{1,2})"),
          form("(?<y>\\d{4})(?<m>\\d\\d)(?<d>\\d\\d)"),
          form("(?<m>\\d{1,2})([-/.])(?<d>\\d{1,2})\\2(?<y>\\d{4})"),
          form("(?<d>\\d{1,2})[- ](?<m>[A-Za-z]{3,9})[-, ]+(?<y>\\d{4})"),
          form("(?<y>\\d{4})[- ](?<m>[A-Za-z]{3,9})[- ](?<d>\\d{1,2})"),
          form("(?<m>[A-Za-z]{3,9})[- .]+(?<d>\\d{1,2})[-, ]+(?<y>\\d{4})"));

  private DateForms() {}

  private static Pattern form(String date) {
    return Pattern.compile("\\s*" + date + REST + "\\s*", Pattern.DOTALL);
  }

  /** The date in ISO style with the time of day that follows it, or null for another form. */
  public static byte @Nullable [] iso(byte[] value, int from, int to) {
    String text = new String(value, from, to - from, ISO_8859_1);
    for (Pattern form : FORMS) {
      Matcher matcher = form.matcher(text);
      if (matcher.matches()) {
        int month = month(matcher.group("m"));
        int day = Integer.parseInt(matcher.group("d"));
        if (month < 1 || month > 12 || day < 1 || day > 31) {
          return null;
        }
        String date = "%s-%02d-%02d".formatted(matcher.group("y"), month, day);
        return (date + matcher.group("rest")).getBytes(ISO_8859_1);
      }
    }
    return null;
  }

  /** The number of a month, or a number that is not one if no month has this name. */
  private static int month(String written) {
    if (Character.isDigit(written.charAt(0))) {
      return Integer.parseInt(written);
    }
    int at = MONTHS.indexOf(written.substring(0, 3).toLowerCase(Locale.ROOT));
    return at % 3 == 0 ? at / 3 + 1 : 0;
  }
}
