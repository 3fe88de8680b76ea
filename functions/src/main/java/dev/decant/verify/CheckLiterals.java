package dev.decant.verify;

import dev.decant.mask.value.SimpleExpression;
import dev.decant.mask.value.TextPattern;
import dev.decant.schema.ColumnType;
import dev.decant.schema.ColumnType.Length;
import dev.decant.schema.TypeCategory;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Values that the literals of CHECKs suggest: the bounds of a range, texts that match a pattern of
 * LIKE or a simple regular expression, and documents with the members that a CHECK names. Many of
 * them do not satisfy the CHECK; the server decides.
 */
final class CheckLiterals {
  private static final Pattern TEXT = Pattern.compile("'((?:[^']++|'')*+)'");
  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\w'.])-?\\d{1,18}(?:\\.\\d{1,10})?(?![\\w'.])");
  private static final Pattern YEAR = Pattern.compile("\\b(?:19|20)\\d\\d\\b");
  private static final Pattern YEARS = Pattern.compile("(\\d{1,3}) (?:years?|yrs?)");
  private static final int MOST_TEXTS = 12;
  private static final List<String> FILLINGS = List.of("a", "ab1", "max", "A1B2", "12345");

  /** Dates before and after these are bounds that no real value comes close to. */
  private static final LocalDate FIRST = LocalDate.of(1930, 1, 1);

  private static final LocalDate LAST = LocalDate.of(2100, 1, 1);

  private CheckLiterals() {}

  /** The values for a column of this type, in the text form of COPY. */
  static List<String> values(Collection<String> checks, ColumnType type) {
    Set<String> values = new LinkedHashSet<>();
    for (String check : checks) {
      List<String> texts =
          TEXT.matcher(check).results().map(m -> m.group(1).replace("''", "'")).toList();
      String rest = TEXT.matcher(check).replaceAll("''");
      switch (type.category()) {
        case TEXT ->
            texts.stream()
                .limit(MOST_TEXTS)
                .forEach(text -> texts(text, lengths(rest), type.length(), values));
        case SMALLINT, INTEGER, BIGINT, NUMERIC, FLOAT -> {
          numbers(rest, values);
          texts.forEach(text -> numbers(text, values));
        }
        case DATE, TIMESTAMP -> {
          texts.forEach(text -> dates(text, values));
          YEAR.matcher(rest).results().forEach(year -> dates(year.group() + "-01-01", values));
          if (rest.contains("CURRENT_") || rest.contains("now()") || rest.contains("LOCALTIME")) {
            aroundToday(texts, values);
          }
        }
        case JSON -> document(texts, values);
        case ARRAY -> array(texts, values);
        case INET, CIDR -> texts.forEach(text -> addresses(text, values));
        default -> values.addAll(texts);
      }
    }
    return values.stream().filter(v -> v.indexOf('\0') < 0).map(v -> ofType(v, type)).toList();
  }

  private static String ofType(String value, ColumnType type) {
    return type.category() == TypeCategory.TIMESTAMP && value.matches("\\d{4}-\\d\\d-\\d\\d")
        ? value + " 10:20:30" + (type.name().endsWith("with time zone") ? "+00" : "")
        : value;
  }

  /** The numbers in a CHECK that may be lengths of texts. */
  private static List<Integer> lengths(String check) {
    return NUMBER
        .matcher(check)
        .results()
        .filter(m -> m.group().matches("\\d{1,2}"))
        .map(m -> Integer.valueOf(m.group()))
        .distinct()
        .limit(4)
        .toList();
  }

  private static void texts(
      String text, List<Integer> lengths, Length longest, Set<String> values) {
    List<String> found = new ArrayList<>();
    if (text.indexOf('%') < 0) {
      found.add(text);
    }
    for (int length : lengths) {
      if (length > text.length()) {
        found.add(text + "1234567890".repeat(10).substring(0, length - text.length()));
        found.add(text + "abcdefghij".repeat(10).substring(0, length - text.length()));
      }
    }
    for (String filling : FILLINGS) {
      found.add(text.replace("%", filling).replace('_', 'a'));
      found.add(text.replace("%", filling).replace('_', '1'));
      found.add(text + filling);
      found.add(filling + text);
    }
    SimpleExpression.pattern(text, longest.max() < 0 ? Integer.MAX_VALUE : longest.max())
        .map(TextPattern::of)
        .map(TextPattern::examples)
        .ifPresent(found::addAll);
    found.stream().filter(longest::fits).forEach(values::add);
  }

  private static void numbers(String text, Set<String> values) {
    NUMBER
        .matcher(text)
        .results()
        .map(m -> new BigDecimal(m.group()))
        .forEach(
            n -> {
              values.add(n.toPlainString());
              values.add(n.add(BigDecimal.ONE).toPlainString());
              values.add(n.subtract(BigDecimal.ONE).toPlainString());
            });
  }

  private static void dates(String text, Set<String> values) {
    try {
      LocalDate day = LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text);
      values.add(day.toString());
      if (day.isAfter(FIRST) && day.isBefore(LAST)) {
        values.add(day.plusDays(1).toString());
        values.add(day.minusDays(1).toString());
      }
    } catch (DateTimeParseException e) {
      // The literal is an interval, or a word.
    }
  }

  /** Days around today, and around the day that is so many years ago as an interval says. */
  private static void aroundToday(List<String> texts, Set<String> values) {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    around(today, values);
    for (String text : texts) {
      YEARS
          .matcher(text)
          .results()
          .forEach(years -> around(today.minusYears(Long.parseLong(years.group(1))), values));
    }
  }

  private static void around(LocalDate day, Set<String> values) {
    for (int days : new int[] {1, 30, 400, -2, -60, -400}) {
      values.add(day.minusDays(days).toString());
    }
  }

  /** {@code 10.0.0.0/8}: addresses in this network. */
  private static void addresses(String text, Set<String> values) {
    values.add(text);
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    if (address.endsWith(".0")) {
      values.add(address.substring(0, address.length() - 1) + "7");
      values.add(address.substring(0, address.length() - 1) + "200");
    } else if (address.endsWith("::")) {
      values.add(address + "7");
    }
  }

  private static void document(List<String> texts, Set<String> values) {
    for (String value : List.of("\"Max\"", "1", "true", "[]", "{}")) {
      StringBuilder all = new StringBuilder();
      for (String text : texts) {
        String member = "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\": " + value;
        values.add("{" + member + "}");
        all.append(all.isEmpty() ? "" : ", ").append(member);
      }
      values.add("{" + all + "}");
    }
  }

  private static void array(List<String> texts, Set<String> values) {
    for (String text : texts) {
      values.add("{\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}");
    }
  }
}
