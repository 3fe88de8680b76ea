package dev.decant.check;

import static java.util.stream.Collectors.joining;

import dev.decant.schema.ColumnType;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Made-up values in the text form of a type. They show the effect of a mask. */
final class MadeUpValues {
  private static final List<String> TEXTS =
      List.of("Erika Mustermann", "erika.mustermann@example.com", "Order 4711");

  /** Values that need no quotes in another value, as the server writes them. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9@._+:-]+");

  /** Values that show the effect of certain masks better than an ordinary text. */
  private static final Map<String, List<String>> BY_MASK =
      Map.ofEntries(
          Map.entry("email", List.of("erika.mustermann@example.com", "Max@Example.org")),
          Map.entry("phone", List.of("+49 170 1234567", "(030) 90 18 20")),
          Map.entry("first-name", List.of("Erika", "Max")),
          Map.entry("last-name", List.of("Mustermann", "Doe")),
          Map.entry("full-name", List.of("Erika Mustermann", "John Doe")),
          Map.entry("username", List.of("erika", "jdoe42")),
          Map.entry("street", List.of("Heidestraße 17", "1 Example Road")),
          Map.entry("city", List.of("Köln", "Springfield")),
          Map.entry("postcode", List.of("51147", "SW1A 1AA")),
          Map.entry("address", List.of("Heidestraße 17, 51147 Köln")),
          Map.entry("company", List.of("Example Ltd", "Muster GmbH")),
          Map.entry("job", List.of("Engineer", "Head of Examples")),
          Map.entry("ip", List.of("192.0.2.7", "2001:db8::1")),
          Map.entry("mac", List.of("00:00:5e:00:53:01")),
          Map.entry("url", List.of("https://example.com/users/42?token=abc")),
          Map.entry("user-agent", List.of("Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0")),
          Map.entry("iban", List.of("DE89 3704 0044 0532 0130 00", "GB82WEST12345698765432")),
          Map.entry("credit-card", List.of("4111 1111 1111 1111")),
          Map.entry("uuid", List.of("123e4567-e89b-12d3-a456-426614174000")),
          Map.entry("json", List.of("{\"name\": \"Erika\", \"age\": 42}")),
          Map.entry("text", List.of("Please call back after five.\nThank you!")));

  private MadeUpValues() {}

  /** Values that fit the type; empty if none are known for it. */
  static List<String> of(ColumnType type, String mask) {
    return switch (type.category()) {
      case TEXT -> texts(type, mask);
      case SMALLINT -> List.of("7", "42");
      case INTEGER, BIGINT -> List.of("42", "4711", "1234567");
      case NUMERIC -> type.scale() == 0 ? List.of("1", "9") : List.of("0.5", "0.25");
      case FLOAT -> List.of("3.25", "1000.5");
      case BOOLEAN -> List.of("t", "f");
      case DATE -> List.of("1980-05-06", "2001-12-31");
      case TIMESTAMP -> List.of(timestamp(type, "1980-05-06 12:34:56"));
      case TIME -> List.of(timestamp(type, "12:34:56"));
      case INTERVAL -> List.of("3 days", "04:05:06");
      case UUID -> List.of("123e4567-e89b-12d3-a456-426614174000");
      case BYTEA -> List.of("\\x45786d706c65");
      case JSON -> List.of("{\"name\": \"Erika\", \"age\": 42}");
      case XML -> List.of("<person age=\"42\">Erika</person>");
      case HSTORE -> List.of("\"name\"=>\"Erika\"");
      case INET -> List.of("192.0.2.7", "2001:db8::1");
      case CIDR -> List.of("192.0.2.0/24");
      case MACADDR -> List.of("00:00:5e:00:53:01");
      case TSVECTOR -> List.of("'erika':1 'mustermann':2");
      case ENUM -> type.labels().stream().limit(3).toList();
      case POINT -> List.of("(50.94,6.96)");
      case ARRAY -> elements(type, mask);
      case RANGE -> bounds(type, mask);
      case COMPOSITE -> fields(type);
      case OTHER -> List.of();
    };
  }

  private static List<String> elements(ColumnType type, String mask) {
    List<String> values = type.element() == null ? List.of() : of(type.element(), mask);
    return values.isEmpty()
        ? List.of()
        : List.of(values.stream().limit(2).map(v -> quoted(v)).collect(joining(",", "{", "}")));
  }

  /** A range without an upper end, because the order of the values is not known. */
  private static List<String> bounds(ColumnType type, String mask) {
    List<String> values = type.element() == null ? List.of() : of(type.element(), mask);
    boolean several = type.name().endsWith("multirange");
    return values.stream()
        .limit(1)
        .map(value -> "[" + quoted(value) + ",)")
        .map(range -> several ? "{" + range + "}" : range)
        .toList();
  }

  /**
   * Two rows with the first and the second value of each field. A field of an unknown type is NULL.
   */
  private static List<String> fields(ColumnType type) {
    return Stream.of(0, 1)
        .map(
            row ->
                type.fields().stream()
                    .map(field -> of(field.type(), field.name().replace('_', '-')))
                    .map(v -> v.isEmpty() ? "" : quoted(v.get(Math.min(row, v.size() - 1))))
                    .collect(joining(",", "(", ")")))
        .distinct()
        .toList();
  }

  /** A value as an array, a range and a composite value write it. */
  private static String quoted(String value) {
    return PLAIN.matcher(value).matches()
        ? value
        : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static List<String> texts(ColumnType type, String mask) {
    return BY_MASK.getOrDefault(mask, TEXTS).stream()
        .map(text -> cut(text, type.maxLength()))
        .distinct()
        .toList();
  }

  private static String cut(String text, int most) {
    return most < 0 || text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most)).strip();
  }

  private static String timestamp(ColumnType type, String text) {
    return type.name().contains("with time zone") ? text + "+00" : text;
  }
}
