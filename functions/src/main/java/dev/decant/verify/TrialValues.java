package dev.decant.verify;

import dev.decant.schema.Column;
import dev.decant.schema.ColumnType;
import dev.decant.schema.TypeCategory;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Made-up values of a type, in many forms. Some of them satisfy the usual CHECK constraints, so
 * that a mask can be tried on them.
 */
final class TrialValues {
  private static final int LENGTHS = 24;

  private static final List<String> TEXTS =
      List.of(
          "max@example.com",
          "Eva.Klein+x@example.co.uk",
          "https://www.example.com/a?b=c",
          "+491701234567",
          "+1 (555) 010-4477",
          "Max Muster",
          "Max",
          "max-muster",
          "max_muster",
          "max.muster",
          "Main Street 5, 12345 Town",
          "AB-1234",
          "AB-123",
          "ABC-123",
          "AB12",
          "ab12",
          "A1",
          "123-45-6789",
          "123-456",
          "12345-6789",
          "SW1A 1AA",
          "DE",
          "de",
          "de_DE",
          "DE89370400440532013000",
          "4111111111111111",
          "2020-01-31",
          "12:30",
          "1.5",
          "-1",
          "#ff00aa",
          "192.0.2.7",
          "08:00:2b:01:02:03",
          "1b4e28ba-2fa1-41d2-883f-0016d3cca427",
          "{}",
          "true",
          "a b",
          "Ä");

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "2",
          "3",
          "5",
          "7",
          "10",
          "17",
          "42",
          "50",
          "99",
          "100",
          "150",
          "500",
          "1000",
          "1999",
          "2024",
          "10000",
          "123456",
          "1234567890",
          "-1",
          "-17",
          "-1000",
          "0.5",
          "1.25");

  private static final List<String> DATES =
      List.of(
          "1900-01-02",
          "1955-03-04",
          "1980-05-06",
          "1999-12-31",
          "2000-02-29",
          "2019-06-30",
          "2024-01-01",
          "2030-07-08");

  private TrialValues() {}

  /** Values of the type in the text form of COPY; empty if no values are known for the type. */
  static List<String> of(Column column, List<String> allowed) {
    Set<String> values = new LinkedHashSet<>(allowed);
    values.addAll(column.type().labels());
    values.addAll(of(column.type()));
    return List.copyOf(values);
  }

  /** Values that real rows are likely to have, so without dates of more than a century ago. */
  static List<String> usual(Column column) {
    return of(column, List.of()).stream().filter(value -> !value.startsWith("1900-")).toList();
  }

  private static List<String> of(ColumnType type) {
    ColumnType element = type.element();
    return switch (type.category()) {
      case TEXT -> texts(type.maxLength());
      case SMALLINT, INTEGER, BIGINT -> NUMBERS.stream().filter(n -> fits(n, type)).toList();
      case NUMERIC, FLOAT -> NUMBERS;
      case BOOLEAN -> List.of("t", "f");
      case DATE -> DATES;
      case TIMESTAMP ->
          DATES.stream()
              .map(
                  day ->
                      day + (type.name().endsWith("with time zone") ? " 10:20:30+00" : " 10:20:30"))
              .toList();
      case UUID ->
          List.of("1b4e28ba-2fa1-41d2-883f-0016d3cca427", "018f2e5a-7c1d-7abc-9def-0123456789ab");
      case JSON -> List.of("{}", "[]", "{\"a\": 1}", "{\"name\": \"Max\", \"n\": [1, 2]}");
      case INET, CIDR -> List.of("192.0.2.7/32", "10.0.0.0/8", "2001:db8::/32");
      case MACADDR -> List.of("08:00:2b:01:02:03");
      case BYTEA -> List.of("\\x", "\\x61", "\\x6d617840782e6465", "\\xff00fe");
      case ARRAY -> element == null ? List.of() : arrays(of(element));
      case RANGE -> element == null ? List.of() : ranges(of(element));
      default -> List.of();
    };
  }

  private static boolean fits(String number, ColumnType type) {
    return !number.contains(".")
        && (type.category() != TypeCategory.SMALLINT || number.length() <= 5)
        && (type.category() != TypeCategory.SMALLINT
            || Integer.parseInt(number) <= Short.MAX_VALUE);
  }

  private static List<String> texts(int longest) {
    List<String> texts = new ArrayList<>(TEXTS);
    for (int length = 1; length <= LENGTHS; length++) {
      texts.add("abcdefghijklmnopqrstuvwxyz".substring(0, length));
      texts.add("ABCDEFGHIJKLMNOPQRSTUVWXYZ".substring(0, length));
      texts.add("123456789012345678901234567890".substring(0, length));
    }
    texts.add("0123456789abcdef".repeat(2));
    texts.add("0123456789abcdef".repeat(4));
    return texts.stream().filter(text -> longest < 0 || text.length() <= longest).toList();
  }

  private static List<String> arrays(List<String> elements) {
    return elements.stream()
        .map(e -> "{\"" + e.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}")
        .toList();
  }

  private static List<String> ranges(List<String> bounds) {
    return bounds.stream().map(bound -> "[\"" + bound + "\",)").toList();
  }
}
