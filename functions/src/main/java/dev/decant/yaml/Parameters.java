package dev.decant.yaml;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * The parameters of a file: {@code ${NAME}} in a string stands for a value that the caller gives.
 * Values are never shown, {@link #toString()} included. For any number of threads.
 */
public final class Parameters {
  static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

  // $${ is two characters of text, ${NAME} a parameter, any other ${ a mistake.
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\$\\{|\\$\\{(" + NAME.pattern() + ")\\}|\\$\\{");

  private static final Parameters NONE = new Parameters(Set.of(), Map.of());

  private final Set<String> declared;
  private final Map<String, String> values;
  private final boolean open;

  /** Of a file that declares none, those that its texts have asked for. */
  private final Set<String> asked = ConcurrentHashMap.newKeySet();

  Parameters(Set<String> declared, Map<String, String> values) {
    this.declared = Set.copyOf(declared);
    Map<String, String> used = new HashMap<>(values);
    used.keySet().retainAll(declared);
    this.values = Map.copyOf(used);
    this.open = false;
  }

  private Parameters(Map<String, String> values) {
    this.declared = Set.of();
    this.values = Map.copyOf(values);
    this.open = true;
  }

  /** Those of a file that declares none: every name that has a value may be used. */
  public static Parameters undeclared(Map<String, String> values) {
    return new Parameters(values);
  }

  /** No parameters. */
  public static Parameters none() {
    return NONE;
  }

  /** Reads the declarations; a parameter without a value is a problem. */
  public static Parameters read(@Nullable Node node, Map<String, String> values, Scope scope) {
    String what = "a list of names, [ADMIN_EMAIL] for instance";
    Set<String> declared = new LinkedHashSet<>();
    for (String name : node == null ? Set.<String>of() : Scalars.names(node, scope, what)) {
      if (!NAME.matcher(name).matches()) {
        scope.problem(
            nodeLine(node), name + " cannot name a parameter; write letters, digits and _ only");
      } else if (!declared.add(name)) {
        scope.problem(
            nodeLine(node), "parameter " + name + " is declared twice; remove one of them");
      } else if (!values.containsKey(name)) {
        scope.problem(nodeLine(node), noValue(name));
      } else if (values.getOrDefault(name, "").indexOf('\0') >= 0) {
        scope.problem(nodeLine(node), hasNul(name));
      }
    }
    return new Parameters(declared, values);
  }

  private static String noValue(String name) {
    return "parameter "
        + name
        + " has no value; give --param "
        + name
        + "=V or set DECANT_PARAM_"
        + name;
  }

  private static String hasNul(String name) {
    return "the value of parameter " + name + " has a NUL character; remove it";
  }

  private static int nodeLine(@Nullable Node node) {
    return node == null ? 0 : YamlFile.line(node);
  }

  /** Whether a text names a parameter, declared or not. */
  public static boolean names(String text) {
    return text.contains("${");
  }

  /** The text with its parameters filled in; problems name the parameter, never its value. */
  public String fill(String text, Node node, Scope scope) {
    return fill(text, node, scope, (value, at) -> value);
  }

  /**
   * As {@link #fill(String, Node, Scope)}, with each value in another form.
   *
   * @param form of a value and where in the text its parameter begins
   */
  public String fill(
      String text, Node node, Scope scope, BiFunction<String, Integer, String> form) {
    Matcher matcher = REFERENCE.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(1);
      String with = "${";
      if (name != null) {
        with = form.apply(value(name, node, scope), matcher.start());
      } else if (matcher.group().equals("${")) {
        scope.problem(
            node,
            "a parameter is not written to its end; write ${NAME}, or $${ for the characters");
      }
      matcher.appendReplacement(filled, Matcher.quoteReplacement(with));
    }
    return matcher.appendTail(filled).toString();
  }

  /** The parameters that a text names and that have a value. */
  public Map<String, String> of(String text) {
    Map<String, String> named = new HashMap<>();
    Matcher matcher = REFERENCE.matcher(text);
    while (matcher.find()) {
      String name = matcher.group(1);
      String value = name == null ? null : values.get(name);
      if (name != null && value != null) {
        named.put(name, value);
      }
    }
    return named;
  }

  /** A parameter's value; empty after a problem. */
  public String value(String name, Node node, Scope scope) {
    asked.add(name);
    String value = values.getOrDefault(name, "");
    if (open && !values.containsKey(name)) {
      scope.problem(node, noValue(name));
    } else if (open && value.indexOf('\0') >= 0) {
      scope.problem(node, hasNul(name));
    } else if (!open && !declared.contains(name)) {
      scope.problem(
          node,
          "parameter "
              + name
              + " is not declared; write it into parameters, or $${"
              + name
              + "} for the characters");
    }
    return value;
  }

  /** Names and values in turn, sorted by name: to be hashed with a key, never to be shown. */
  public List<String> namesAndValues() {
    List<String> all = new ArrayList<>();
    new TreeMap<>(values)
        .forEach(
            (name, value) -> {
              all.add(name);
              all.add(value);
            });
    return all;
  }

  /**
   * Refuses names of values that the file has no parameter of: somebody mistyped one, and another
   * value would count in its place.
   *
   * @param given by the command line, after the file was read
   * @param file what it is, {@code policy} for instance
   * @throws DecantException {@link ErrorCode#USAGE}
   */
  public void requireKnown(Set<String> given, String file) {
    Set<String> known = new TreeSet<>(open ? asked : declared);
    for (String name : new TreeSet<>(given)) {
      if (!known.contains(name)) {
        throw new DecantException(
            ErrorCode.USAGE,
            "--param "
                + name
                + ": the "
                + file
                + " does not declare this parameter"
                + (known.isEmpty() ? ". It declares none." : Nearest.advice(name, known))
                + (known.isEmpty() ? "" : " It declares " + String.join(", ", known) + "."));
      }
    }
  }

  /** Whether a text holds the value of a parameter. */
  public boolean in(String text) {
    return values.values().stream().anyMatch(v -> !v.isEmpty() && text.contains(v));
  }

  @Override
  public String toString() {
    return "Parameters" + (open ? new TreeSet<>(values.keySet()) : declared);
  }
}
