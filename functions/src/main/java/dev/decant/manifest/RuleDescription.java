package dev.decant.manifest;

import dev.decant.mask.ColumnRule;
import dev.decant.mask.Condition;
import dev.decant.mask.MaskSpec;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Describes rules in words for the manifest and the report. A policy may contain names of people or
 * passwords, in the values of conditions and parameters for example. So the description contains
 * only numbers, switches, and the options listed below.
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

  private RuleDescription() {}

  /** Describes the cases of a rule in order. */
  public static List<Manifest.Rule> of(ColumnRule rule) {
    return rule.cases().stream()
        .map(
            c ->
                new Manifest.Rule(
                    c.mask().name(),
                    options(c.mask()),
                    c.when() == null ? null : condition(c.when())))
        .toList();
  }

  private static Map<String, String> options(MaskSpec mask) {
    Map<String, String> options = new TreeMap<>();
    mask.options()
        .forEach(
            (name, value) ->
                options.put(name, SAID.contains(name) ? said(value) : safe(name, value)));
    if (mask.realm() != null) {
      options.put("realm", mask.realm());
    }
    return options;
  }

  private static String said(Object value) {
    return switch (value) {
      case MaskSpec mask -> mask(mask);
      case List<?> list ->
          list.stream().map(RuleDescription::said).collect(Collectors.joining(", "));
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(e -> e.getKey() + ": " + said(e.getValue()))
              .sorted()
              .collect(Collectors.joining(", "));
      default -> value.toString();
    };
  }

  private static String safe(String name, Object value) {
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

  private static String mask(MaskSpec mask) {
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
