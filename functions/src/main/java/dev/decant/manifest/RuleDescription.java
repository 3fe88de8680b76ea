package dev.decant.manifest;

import dev.decant.mask.ColumnRule;
import dev.decant.mask.Condition;
import dev.decant.mask.MaskSpec;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Describes rules in words for the manifest and the report. A policy may contain names of people or
 * passwords, in the values of conditions for example. So the description contains only numbers,
 * switches, the options listed below, and the texts that a mask writes into the rows of the
 * snapshot anyway. In all of these, {@code ${NAME}} stands for a parameter.
 */
public final class RuleDescription {
  private static final String LEFT_OUT = "…";

  /** The options whose texts are shown: domains, names of choices, columns, and paths. */
  private static final Set<String> SAID =
      Set.of(
          "domain",
          "keep-domain",
          "locale",
          "algorithm",
          "encoding",
          "to",
          "by",
          "kind",
          "version",
          "other",
          "of",
          "keep",
          "keys",
          "columns",
          "fields",
          "from");

  /** The options whose texts the mask writes into the rows, by the name of the mask. */
  private static final Map<String, String> WRITTEN =
      Map.of(
          "constant", "value",
          "redact", "value",
          "template", "value",
          "pattern", "value",
          "pick", "values");

  private static final int MOST_VALUES = 20;

  private final UnaryOperator<String> asWritten;

  private RuleDescription(UnaryOperator<String> asWritten) {
    this.asWritten = asWritten;
  }

  /**
   * Describes the cases of a rule in order.
   *
   * @param asWritten returns a text of the rule as the policy writes it, without the values of
   *     parameters
   */
  public static List<Manifest.Rule> of(ColumnRule rule, UnaryOperator<String> asWritten) {
    return new RuleDescription(asWritten).cases(rule);
  }

  private List<Manifest.Rule> cases(ColumnRule rule) {
    return rule.cases().stream()
        .map(
            c ->
                new Manifest.Rule(
                    c.mask().name(),
                    options(c.mask()),
                    c.when() == null ? null : condition(c.when())))
        .toList();
  }

  private Map<String, String> options(MaskSpec mask) {
    Map<String, String> options = new TreeMap<>();
    mask.options()
        .forEach(
            (name, value) ->
                options.put(
                    name,
                    SAID.contains(name)
                        ? said(value)
                        : name.equals(WRITTEN.get(mask.name()))
                            ? values(value)
                            : safe(name, value)));
    if (mask.realm() != null) {
      options.put("realm", mask.realm());
    }
    return options;
  }

  private String values(Object value) {
    return value instanceof List<?> list && list.size() > MOST_VALUES
        ? said(list.subList(0, MOST_VALUES)) + ", " + LEFT_OUT
        : said(value);
  }

  private String said(Object value) {
    return switch (value) {
      case MaskSpec mask -> mask(mask);
      case List<?> list -> list.stream().map(this::said).collect(Collectors.joining(", "));
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(e -> e.getKey() + ": " + said(e.getValue()))
              .sorted()
              .collect(Collectors.joining(", "));
      default -> asWritten.apply(value.toString());
    };
  }

  private String safe(String name, Object value) {
    if (name.startsWith("value")) {
      // A password may be a number.
      return LEFT_OUT;
    }
    return switch (value) {
      case Number number -> number.toString();
      case Boolean bool -> bool.toString();
      case MaskSpec mask -> mask(mask);
      default -> LEFT_OUT;
    };
  }

  private String mask(MaskSpec mask) {
    Map<String, String> options = options(mask);
    return options.isEmpty() ? mask.name() : mask.name() + options;
  }

  /** Describes a condition without the values that it compares with. */
  static String condition(Condition condition) {
    return switch (condition) {
      case Condition.Compare compare ->
          compare.column() + " " + operator(compare.operator()) + " " + LEFT_OUT;
      case Condition.In in -> in.column() + " in " + LEFT_OUT;
      case Condition.IsNull isNull ->
          isNull.column() + (isNull.isNull() ? " is null" : " is not null");
      case Condition.All all -> joined(all.of(), " and ");
      case Condition.Any any -> joined(any.of(), " or ");
      case Condition.Not not -> "not (" + condition(not.of()) + ")";
    };
  }

  private static String operator(Condition.Operator operator) {
    return operator.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String joined(List<Condition> of, String by) {
    return of.stream().map(RuleDescription::condition).collect(Collectors.joining(by, "(", ")"));
  }
}
