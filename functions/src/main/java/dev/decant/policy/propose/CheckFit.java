package dev.decant.policy.propose;

import dev.decant.mask.MaskSpec;
import dev.decant.mask.value.SimpleExpression;
import dev.decant.schema.ColumnFacts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Decides by the text of the CHECKs of a column whether all values of a mask pass them. If the text
 * does not show it, the answer is no.
 */
final class CheckFit {
  /** A comparison of the column with a number. */
  private record Bound(String operator, BigDecimal number) {
    boolean holds(BigDecimal value) {
      int order = value.compareTo(number);
      return switch (operator) {
        case ">=" -> order >= 0;
        case ">" -> order > 0;
        case "<=" -> order <= 0;
        case "<" -> order < 0;
        case "<>" -> order != 0;
        default -> false;
      };
    }

    boolean isWithZero(Set<String> operators) {
      return number.signum() == 0 && operators.contains(operator);
    }
  }

  /** Noise keeps the sign, but it can make 1 to 0. */
  private static final Set<String> OF_NOISE = Set.of(">=");

  private static final Set<String> OF_IDS = Set.of(">=", ">", "<>");

  private static final Pattern OF_NULL =
      Pattern.compile(
          "\\bNULL\\b|\\bDISTINCT\\b|\\bcoalesce\\(|\\bnum_n", Pattern.CASE_INSENSITIVE);

  private static final Pattern BOUND =
      Pattern.compile("(?:\\w+|\"[^\"]+\") (>=|<=|<>|>|<) (-?\\d{1,30}(?:\\.\\d{1,30})?)");

  private static final Pattern CAST =
      Pattern.compile("::[a-z]+(?: [a-z]+)*(?:\\(\\d+(?:,\\d+)?\\))?");

  private static final Pattern LITERAL = Pattern.compile("'((?:[^']++|'')*+)'");

  private static final Pattern CALL = Pattern.compile("([a-z_0-9]+)\\(");

  /** Functions that give the same for a text whose letters and digits were replaced. */
  private static final Set<String> OF_SHAPE =
      Set.of(
          "length",
          "char_length",
          "character_length",
          "upper",
          "lower",
          "btrim",
          "ltrim",
          "rtrim",
          "strpos");

  private static final Pattern OF_JSON =
      Pattern.compile("CHECK \\(+jsonb?_typeof\\([^()]+\\) = '\\w+'::text\\)+");

  /** The parts of a regular expression that match each letter of a case, or each digit. */
  private static final Pattern WHOLE_CLASSES =
      Pattern.compile(
          "\\\\[dwsDWS]|0-9|a-z|A-Z|\\[:(?:alpha|alnum|digit|space|upper|lower):\\]|\\{\\d+(?:,\\d*)?\\}");

  private static final Pattern OF_EXPRESSION =
      Pattern.compile(
          "CHECK \\(+(?:\\w+|\"[^\"]+\")\\)?(?:::text)? ~ '((?:[^']++|'')*+)'::text\\)+");

  private static final Pattern LETTER_OR_DIGIT = Pattern.compile("[\\p{L}\\p{N}\\\\]");

  private final ColumnFacts facts;
  private final boolean constrained;
  private final Predicate<String> shifted;

  /**
   * Takes the facts of one column.
   *
   * @param constrained whether a CHECK reads the column; its text may be unknown
   * @param shifted whether all dates of another column of the table get the same shift
   */
  CheckFit(ColumnFacts facts, boolean constrained, Predicate<String> shifted) {
    this.facts = facts;
    this.constrained = constrained;
    this.shifted = shifted;
  }

  /** Whether the values of the mask are sure to pass. */
  boolean passes(MaskSpec mask) {
    if (!constrained || mask.name().equals("keep")) {
      return true;
    }
    if (mask.name().equals("nullify")) {
      return facts.checks().stream().noneMatch(c -> OF_NULL.matcher(c.definition()).find());
    }
    return !facts.checks().isEmpty() && facts.checks().stream().allMatch(c -> passes(mask, c));
  }

  private boolean passes(MaskSpec mask, ColumnFacts.Check check) {
    boolean alone = check.columns().size() <= 1;
    return switch (mask.name()) {
      case "noise" -> alone && comparesWithZero(check, OF_NOISE);
      case "id" -> alone && comparesWithZero(check, OF_IDS);
      case "scramble" -> alone && ofShape(check.definition());
      case "json" -> alone && OF_JSON.matcher(check.definition()).matches();
      case "pick" ->
          facts.allowed().equals(mask.options().get("values")) && facts.checks().size() == 1;
      // It is proposed only with the value that the expression gave.
      case "pattern" -> pattern(Integer.MAX_VALUE).isPresent();
      case "constant" -> alone && constant(mask, check);
      case "date-shift" -> mask.options().containsKey("by") && ofOrder(check);
      default -> false;
    };
  }

  private static boolean comparesWithZero(ColumnFacts.Check check, Set<String> operators) {
    return bounds(check)
        .filter(all -> all.stream().allMatch(bound -> bound.isWithZero(operators)))
        .isPresent();
  }

  private boolean constant(MaskSpec mask, ColumnFacts.Check check) {
    Object value = mask.options().get("value");
    if (value instanceof Number number) {
      return holds(check, new BigDecimal(number.toString()));
    }
    return facts.checks().size() == 1 && facts.allowed().contains(String.valueOf(value));
  }

  /**
   * The option {@code value} of the mask {@code pattern} for a column whose only CHECK is a simple
   * regular expression; empty for other CHECKs.
   *
   * @param longest the number of characters that fit the column
   */
  Optional<String> pattern(int longest) {
    if (facts.checks().size() != 1) {
      return Optional.empty();
    }
    Matcher check = OF_EXPRESSION.matcher(facts.checks().getFirst().definition());
    return check.matches()
        ? SimpleExpression.pattern(check.group(1).replace("''", "'"), longest)
        : Optional.empty();
  }

  /** A number that passes all CHECKs; empty if their texts do not show one. */
  Optional<Number> number() {
    List<BigDecimal> candidates = new ArrayList<>(List.of(BigDecimal.ZERO));
    for (ColumnFacts.Check check : facts.checks()) {
      for (Bound bound : bounds(check).orElse(List.of())) {
        candidates.add(bound.number);
        candidates.add(bound.number.add(BigDecimal.ONE));
        candidates.add(bound.number.subtract(BigDecimal.ONE));
      }
    }
    return candidates.stream()
        .filter(n -> n.stripTrailingZeros().scale() <= 0 && n.precision() < 18)
        .filter(n -> facts.checks().stream().allMatch(c -> holds(c, n)))
        .findFirst()
        .map(BigDecimal::longValueExact);
  }

  private static boolean holds(ColumnFacts.Check check, BigDecimal value) {
    return check.columns().size() <= 1
        && bounds(check).filter(b -> b.stream().allMatch(x -> x.holds(value))).isPresent();
  }

  /** The comparisons of a CHECK that consists of nothing else, tied by AND. */
  private static Optional<List<Bound>> bounds(ColumnFacts.Check check) {
    String text =
        CAST.matcher(check.definition()).replaceAll("").replaceAll("[()']|^CHECK ", "").strip();
    List<Bound> bounds = new ArrayList<>();
    for (String part : text.split(" AND ", -1)) {
      Matcher matcher = BOUND.matcher(part.replaceAll("^CHECK ", ""));
      if (!matcher.matches()) {
        return Optional.empty();
      }
      bounds.add(new Bound(matcher.group(1), new BigDecimal(matcher.group(2))));
    }
    return Optional.of(bounds);
  }

  /** Whether only the number of characters, their case and signs other than letters matter. */
  private static boolean ofShape(String definition) {
    boolean closed =
        LITERAL
            .matcher(definition)
            .results()
            .map(literal -> WHOLE_CLASSES.matcher(literal.group(1)).replaceAll(""))
            .map(text -> text.replaceAll("\\\\[^\\p{L}\\p{N}]", ""))
            .noneMatch(text -> LETTER_OR_DIGIT.matcher(text).find());
    return closed && calls(definition).allMatch(OF_SHAPE::contains) && !ofNumbers(definition);
  }

  private static boolean ofNumbers(String definition) {
    return Pattern.compile("::(?!text|character|bpchar|citext|name)").matcher(definition).find();
  }

  /** The names of the functions that are called. */
  private static Stream<String> calls(String definition) {
    return CALL.matcher(LITERAL.matcher(definition).replaceAll("''"))
        .results()
        .map(r -> r.group(1));
  }

  /** Whether a CHECK only compares columns whose dates get the same shift. */
  private boolean ofOrder(ColumnFacts.Check check) {
    String definition = check.definition();
    return check.columns().size() > 1
        && check.columns().stream().allMatch(shifted)
        && !definition.contains("'")
        && !definition.contains("::")
        && !definition.contains("CURRENT")
        && calls(definition).findAny().isEmpty()
        && definition.chars().noneMatch(Character::isDigit);
  }
}
