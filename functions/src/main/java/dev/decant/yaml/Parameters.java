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
 * The parameters of a file. {@code ${NAME}} in a string stands for a value that the caller gives.
 * Values are never shown, not even by {@link #toString()}. Threads may share an instance.
 */
public final class Parameters {
  static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

  // $${ stands for the text ${, ${NAME} is a parameter, and any other ${ is a mistake.
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\$\\{|\\$\\{(" + NAME.pattern() + ")\\}|\\$\\{");

  private static final Parameters NONE = new Parameters(Set.of(), Map.of());

  private final Set<String> declared;
  private final Map<String, String> values;
  private final boolean open;

  /** The texts as the file writes them, by the texts in which parameters were filled in. */
  private final Map<String, String> written = new ConcurrentHashMap<>();

  /** The names that texts have used so far. They count if the file does not declare parameters. */
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

  /** The parameters of a file that does not declare any. It may use every name that has a value. */
  public static Parameters undeclared(Map<String, String> values) {
    return new Parameters(values);
  }

  /** No parameters. */
  public static Parameters none() {
    return NONE;
  }

  /** Reads the declarations. A parameter without a value is a problem. */
  public static Parameters read(@Nullable Node node, Map<String, String> values, Scope scope) {
    return read(node, values, null, scope);
  }

  /**
   * As {@link #read(Node, Map, Scope)}, for a reader that masks nothing.
   *
   * @param madeUp the value that a parameter without a value gets; null if a missing value is a
   *     problem
   */
  public static Parameters read(
      @Nullable Node node, Map<String, String> given, @Nullable String madeUp, Scope scope) {
    Map<String, String> values = new HashMap<>(given);
    String what = "a list of names, [ADMIN_EMAIL] for instance";
    Set<String> declared = new LinkedHashSet<>();
    for (String name : node == null ? Set.<String>of() : Scalars.names(node, scope, what)) {
      if (!NAME.matcher(name).matches()) {
        scope.problem(
            nodeLine(node),
            name + " cannot be the name of a parameter. Write only letters, digits and _.");
      } else if (!declared.add(name)) {
        scope.problem(
            nodeLine(node),
            "The parameter " + name + " is declared twice. Remove one of the declarations.");
      } else if (!values.containsKey(name)) {
        if (madeUp == null) {
          scope.problem(nodeLine(node), noValue(name));
        } else {
          values.put(name, madeUp);
        }
      } else if (values.getOrDefault(name, "").indexOf('\0') >= 0) {
        scope.problem(nodeLine(node), hasNul(name));
      }
    }
    return new Parameters(declared, values);
  }

  private static String noValue(String name) {
    return "The parameter "
        + name
        + " has no value. Give --param "
        + name
        + "=V or set DECANT_PARAM_"
        + name
        + ".";
  }

  private static String hasNul(String name) {
    return "The value of the parameter " + name + " has a NUL character. Remove it.";
  }

  private static int nodeLine(@Nullable Node node) {
    return node == null ? 0 : YamlFile.line(node);
  }

  /** Whether a text names a parameter, declared or not. */
  public static boolean names(String text) {
    return text.contains("${");
  }

  /** Fills the parameters of a text in. Problems name a parameter but never its value. */
  public String fill(String text, Node node, Scope scope) {
    return fill(text, node, scope, (value, at) -> value);
  }

  /**
   * As {@link #fill(String, Node, Scope)}, with each value converted to another form.
   *
   * @param form converts a value; its second argument is the position of the parameter in the text
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
            "The reference to a parameter has no closing brace. Write ${NAME}, or write $${ for the"
                + " characters ${.");
      }
      matcher.appendReplacement(filled, Matcher.quoteReplacement(with));
    }
    String all = matcher.appendTail(filled).toString();
    remember(all, text);
    return all;
  }

  /** Remembers how the file writes a text in which parameters were filled in. */
  void remember(String filled, String text) {
    if (!filled.equals(text)) {
      written.put(filled, text);
    }
  }

  /**
   * A text as the file writes it: {@code ${NAME}} stands for each parameter, so that the text may
   * be shown. A text that the file writes without parameters is also returned with one if it equals
   * a text in which that parameter was filled in.
   */
  public String written(String filled) {
    return written.getOrDefault(filled, filled);
  }

  /** The parameters that a text names and their values, if they have one. */
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

  /** The value of a parameter, or an empty text after a problem. */
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
          "The parameter "
              + name
              + " is not declared. Write it into parameters, or write $${"
              + name
              + "} for the characters.");
    }
    return value;
  }

  /** Names and values in turn, sorted by name. They may be hashed with a key but never shown. */
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
   * Refuses names that are not parameters of the file. Such a name is probably mistyped, and the
   * parameter that was meant would silently have another value.
   *
   * @param given the names of the command line; call this after the file was read
   * @param file the kind of the file, {@code policy} for instance
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

  /** Whether a text contains the value of a parameter. */
  public boolean in(String text) {
    return values.values().stream().anyMatch(v -> !v.isEmpty() && text.contains(v));
  }

  @Override
  public String toString() {
    return "Parameters" + (open ? new TreeSet<>(values.keySet()) : declared);
  }
}
