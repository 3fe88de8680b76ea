package dev.decant.policy.propose;

import dev.decant.mask.MaskSpec;
import dev.decant.mask.value.SimpleExpression;
import dev.decant.schema.Column;
import dev.decant.schema.ColumnFacts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Masks with options that the CHECKs of a column suggest: an address at the domain that a CHECK
 * asks for, a text that keeps its beginning, a pattern, a year in place of a date. Whether the
 * masked values satisfy the CHECKs has to be tried.
 */
final class CheckOptions {
  private static final Pattern TEXT = Pattern.compile("'((?:[^']++|'')*+)'");
  private static final Pattern DOMAIN =
      Pattern.compile("@((?:[A-Za-z0-9-]+\\.)+[A-Za-z]{2,24})(?![A-Za-z0-9.-])");

  /** More characters than these are not the mark of a kind. */
  private static final int LONGEST_MARK = 12;

  private static final int MOST_LITERALS = 12;
  private static final String LETTERS_OR_DIGITS = "[a-z0-9]";
  private static final List<Long> STEPS = List.of(10L, 5L, 100L, 2L, 1000L);
  private static final List<Long> NETWORKS = List.of(8L, 16L, 24L);

  private CheckOptions() {}

  /** The masks, the best ones first. */
  static List<MaskSpec> of(Column column, ColumnFacts facts) {
    List<String> literals =
        facts.checks().stream()
            .flatMap(check -> TEXT.matcher(check.definition()).results())
            .map(text -> text.group(1).replace("''", "'"))
            .distinct()
            .limit(MOST_LITERALS)
            .toList();
    return switch (column.type().category()) {
      case TEXT -> texts(literals, column.type().maxLength());
      case SMALLINT, INTEGER, BIGINT, NUMERIC, FLOAT -> numbers();
      case DATE, TIMESTAMP ->
          List.of(
              MaskSpec.of("date-truncate", Map.of("to", "year")),
              MaskSpec.of("date-truncate", Map.of("to", "month")),
              MaskSpec.of("date-shift", Map.of("days", 30L)));
      case INET, CIDR ->
          NETWORKS.stream().map(n -> MaskSpec.of("ip", Map.of("prefix", n))).toList();
      default -> List.of();
    };
  }

  private static List<MaskSpec> numbers() {
    return Stream.concat(
            STEPS.stream().map(step -> MaskSpec.of("round", Map.of("to", step))),
            Stream.of(MaskSpec.of("phone")))
        .toList();
  }

  private static List<MaskSpec> texts(List<String> literals, int longest) {
    Set<MaskSpec> masks = new LinkedHashSet<>();
    List<String> withoutEscapes = literals.stream().map(t -> t.replace("\\", "")).toList();
    for (String literal : withoutEscapes) {
      Matcher domain = DOMAIN.matcher(literal);
      while (domain.find()) {
        masks.add(MaskSpec.of("email", Map.of("domain", domain.group(1))));
        email(literal, domain.group(1), masks);
      }
    }
    for (String literal : literals) {
      SimpleExpression.pattern(literal, longest < 0 ? Integer.MAX_VALUE : longest)
          .ifPresent(value -> masks.add(MaskSpec.of("pattern", Map.of("value", value))));
    }
    withoutEscapes.forEach(literal -> marked(literal, masks));
    masks.add(MaskSpec.of("username"));
    masks.add(MaskSpec.of("email"));
    masks.add(MaskSpec.of("phone"));
    masks.add(MaskSpec.of("hash"));
    masks.add(MaskSpec.of("uuid"));
    return List.copyOf(masks);
  }

  /** {@code staff-%@example.com}: an address with a prefix. */
  private static void email(String literal, String domain, Set<MaskSpec> masks) {
    String prefix = literal.substring(0, Math.max(literal.indexOf('%'), 0));
    if (prefix.matches("[A-Za-z0-9._+-]+")) {
      masks.add(MaskSpec.of("email", Map.of("domain", domain, "prefix", prefix)));
    }
  }

  /** {@code NL%}, {@code %-X}, {@code AB-____}: a text with a mark at its beginning or its end. */
  private static void marked(String literal, Set<MaskSpec> masks) {
    int from = first(literal);
    int to = last(literal);
    List<Integer> lengths = new ArrayList<>();
    lengths.add(from);
    if (from > 1) {
      lengths.add(from - 1);
    }
    String tail = to < 0 ? "" : literal.substring(to + 1);
    if (from > LONGEST_MARK || tail.length() > LONGEST_MARK || literal.isEmpty()) {
      return;
    }
    if (literal.startsWith("+")) {
      lengths.forEach(n -> masks.add(MaskSpec.of("phone", Map.of("keep-prefix", (long) n))));
    }
    if (from > 0) {
      masks.add(MaskSpec.of("scramble", Map.of("keep-first", (long) from)));
    }
    if (!tail.isEmpty()) {
      masks.add(MaskSpec.of("scramble", Map.of("keep-last", (long) tail.length())));
    }
    if (from > 0 && !tail.isEmpty()) {
      masks.add(
          MaskSpec.of(
              "scramble", Map.of("keep-first", (long) from, "keep-last", (long) tail.length())));
    }
    masks.add(MaskSpec.of("pattern", Map.of("value", pattern(literal))));
  }

  /** The position of the first wildcard of LIKE, or the length of the text. */
  private static int first(String literal) {
    return (int) literal.chars().takeWhile(c -> c != '%' && c != '_').count();
  }

  private static int last(String literal) {
    return Math.max(literal.lastIndexOf('%'), literal.lastIndexOf('_'));
  }

  /** The pattern of texts that match a pattern of LIKE, or that begin with a text. */
  private static String pattern(String literal) {
    StringBuilder pattern = new StringBuilder();
    String like = last(literal) < 0 ? literal + "%" : literal;
    for (int i = 0; i < like.length(); i++) {
      char c = like.charAt(i);
      switch (c) {
        case '%' -> pattern.append(LETTERS_OR_DIGITS.repeat(8));
        case '_' -> pattern.append(LETTERS_OR_DIGITS);
        default -> pattern.append("Aa9[\\".indexOf(c) >= 0 ? "\\" : "").append(c);
      }
    }
    return pattern.toString();
  }
}
