package dev.decant.mask.builtin;

import dev.decant.copy.Bytes;
import dev.decant.mask.NoRow;
import dev.decant.mask.json.JsonRewriter;
import dev.decant.mask.value.HstoreText;
import dev.decant.mask.value.IpAddress;
import dev.decant.mask.value.MacAddress;
import dev.decant.mask.value.Numbers;
import dev.decant.schema.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether a text of a policy is a value of a type, as far as this is possible without a
 * server. If the server accepts many spellings of a value, this class accepts fewer.
 */
final class Literals {
  private static final Set<String> NOT_FINITE = Set.of("nan", "infinity", "-infinity");
  private static final Set<String> INFINITE = Set.of("infinity", "-infinity");
  private static final Pattern ZONE = Pattern.compile("(Z|[+-]\\d\\d(:?\\d\\d)?)?$");
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern HEX = Pattern.compile("\\\\x([0-9a-fA-F]{2})*");

  private static final Pattern POINT =
      Pattern.compile("\\(-?\\d{1,15}(\\.\\d{1,15})?,-?\\d{1,15}(\\.\\d{1,15})?\\)");

  private Literals() {}

  /** Explains why the text is not a value of the type, or returns null. */
  static @Nullable String problem(String text, ColumnType type) {
    if (text.indexOf('\0') >= 0) {
      return "The value has the character U+0000, which PostgreSQL does not accept. Remove it.";
    }
    String problem =
        switch (type.category()) {
          case TEXT -> text(text, type);
          case SMALLINT, INTEGER, BIGINT -> integer(text, type);
          case NUMERIC -> numeric(text, type);
          case FLOAT ->
              NOT_FINITE.contains(lower(text)) || number(text) != null ? null : "a number";
          case BOOLEAN -> Set.of("t", "f").contains(text) ? null : "true or false";
          case DATE -> INFINITE.contains(text) || isDate(text) ? null : "a date like 2026-03-01";
          case TIMESTAMP ->
              INFINITE.contains(text) || isTimestamp(text)
                  ? null
                  : "a timestamp like 2026-03-01 12:00:00";
          case UUID -> UUID.matcher(text).matches() ? null : "a uuid";
          case BYTEA -> HEX.matcher(text).matches() ? null : "bytes in hex like '\\x00ff'";
          case JSON -> json(text, type);
          case INET, CIDR -> ip(text) ? null : "an address like 192.0.2.1";
          case POINT -> POINT.matcher(text).matches() ? null : "a point like (13.4,52.5)";
          case HSTORE -> hstore(text) ? null : "an hstore like '\"a\"=>\"b\"'";
          case MACADDR -> mac(text, type) ? null : "an address like 08:00:2b:01:02:03";
          case ENUM ->
              type.labels().contains(text)
                  ? null
                  : "one of its labels (" + String.join(", ", type.labels()) + ")";
          case ARRAY -> text.startsWith("{") && text.endsWith("}") ? null : "an array like '{}'";
          default -> null;
        };
    return problem == null
        ? null
        : "The value does not fit the type " + type.name() + ". Write " + problem + ".";
  }

  private static @Nullable String text(String text, ColumnType type) {
    TextLimit limit = TextLimit.of(type);
    return limit.fits(text) ? null : "at most " + limit.max() + ' ' + limit.unit();
  }

  private static @Nullable String integer(String text, ColumnType type) {
    BigDecimal number = number(text);
    long most = Numbers.largest(type.category());
    BigInteger least = BigInteger.valueOf(-most - 1);
    if (number != null && number.scale() <= 0 && !text.toLowerCase(Locale.ROOT).contains("e")) {
      BigInteger integer = number.toBigIntegerExact();
      if (integer.compareTo(least) >= 0 && integer.compareTo(BigInteger.valueOf(most)) <= 0) {
        return null;
      }
    }
    return "a whole number from " + least + " to " + most;
  }

  private static @Nullable String numeric(String text, ColumnType type) {
    BigDecimal number = number(text);
    if (number == null) {
      return NOT_FINITE.contains(lower(text)) && (type.precision() < 0 || lower(text).equals("nan"))
          ? null
          : "a number";
    }
    int scale = Math.max(type.scale(), 0);
    BigDecimal rounded = number.setScale(scale, java.math.RoundingMode.HALF_UP);
    return type.precision() < 0 || rounded.precision() - scale <= type.precision() - scale
        ? null
        : "a number of at most " + (type.precision() - scale) + " digits before the point";
  }

  private static @Nullable String json(String text, ColumnType type) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    boolean nul = text.contains("\\u0000") && type.name().equals("jsonb");
    return JsonRewriter.isValid(bytes) && !nul ? null : "valid JSON";
  }

  private static @Nullable BigDecimal number(String text) {
    try {
      BigDecimal number = new BigDecimal(text);
      return Math.abs((long) number.scale()) > 16000 ? null : number;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static boolean isDate(String text) {
    try {
      LocalDate.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isTimestamp(String text) {
    if (text.length() <= 10) {
      return isDate(text);
    }
    char between = text.charAt(10);
    if (!isDate(text.substring(0, 10)) || (between != ' ' && between != 'T')) {
      return false;
    }
    try {
      LocalTime.parse(ZONE.matcher(text.substring(11)).replaceFirst(""));
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean ip(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new IpAddress().parse(bytes, 0, bytes.length);
  }

  private static boolean hstore(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new HstoreText()
        .rewrite(bytes, 0, bytes.length, NoRow.INSTANCE, (k, v, r, out) -> false, new Bytes(64));
  }

  private static boolean mac(String text, ColumnType type) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    MacAddress address = new MacAddress();
    return address.parse(bytes, 0, bytes.length)
        && (address.bits() == MacAddress.BITS || type.name().equals("macaddr8"));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
