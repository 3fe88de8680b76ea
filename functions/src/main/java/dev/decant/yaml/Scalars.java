package dev.decant.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads single values and lists of them. A method that reports a problem returns null. */
public final class Scalars {
  private Scalars() {}

  /** The text of any value except NULL, as it is written in the file. This includes numbers. */
  public static @Nullable String text(Node node, Scope scope, String what) {
    if (node instanceof ScalarNode scalar && !isNull(node)) {
      return scalar.getValue();
    }
    scope.problem(
        node,
        (isNull(node) ? "The value is empty" : "This is not a single value")
            + ". Write "
            + what
            + ".");
    return null;
  }

  /** A name, which is a text that is not empty and contains no parameter. A column may be " ". */
  public static @Nullable String name(Node node, Scope scope, String what) {
    String text = text(node, scope, what);
    if (text == null) {
      return null;
    }
    if (text.isEmpty()) {
      scope.problem(node, "The name is empty. Write " + what + ".");
      return null;
    }
    if (Parameters.names(text) && !text.startsWith("\"")) {
      scope.problem(node, "A name cannot contain a parameter. Write " + what + ".");
      return null;
    }
    return text;
  }

  public static boolean isNull(Node node) {
    return node instanceof ScalarNode && node.getTag().equals(Tag.NULL);
  }

  public static @Nullable Boolean bool(Node node, Scope scope) {
    if (node instanceof ScalarNode scalar && node.getTag().equals(Tag.BOOL)) {
      String text = scalar.getValue().toLowerCase(Locale.ROOT);
      if (text.equals("true") || text.equals("false")) {
        return text.equals("true");
      }
    }
    scope.problem(node, "This is neither true nor false. Write one of them.");
    return null;
  }

  /** A whole number. */
  public static @Nullable Long integer(Node node, Scope scope) {
    if (value(node) instanceof Long number) {
      return number;
    }
    scope.problem(node, "This is not a whole number. Write one without quotes.");
    return null;
  }

  /**
   * A String, Long, Double or Boolean, according to the type in YAML; null for other nodes. A
   * number that does not fit into a Long stays a text.
   */
  public static @Nullable Object value(Node node) {
    if (!(node instanceof ScalarNode scalar) || isNull(node)) {
      return null;
    }
    String text = scalar.getValue();
    try {
      if (node.getTag().equals(Tag.INT)) {
        return Long.decode(
            text.replaceFirst("^\\+", "")
                .replaceFirst("^(-?)0+(?=[1-9][0-9]*$)", "$1")
                .replaceFirst("^(-?)0o", "$10"));
      }
      if (node.getTag().equals(Tag.FLOAT)) {
        double number = Double.parseDouble(text);
        return Double.isFinite(number) ? number : text;
      }
    } catch (NumberFormatException e) {
      return text;
    }
    return node.getTag().equals(Tag.BOOL) ? Boolean.valueOf(text) : text;
  }

  /** The nodes of a list. */
  public static @Nullable List<Node> list(Node node, Scope scope, String what) {
    if (node instanceof SequenceNode list) {
      return list.getValue();
    }
    scope.problem(node, "This is not a list. Write " + what + ".");
    return null;
  }

  /** The names of a list. Items that are not names are reported and left out. */
  public static List<String> names(Node node, Scope scope, String what) {
    List<Node> nodes = list(node, scope, what);
    List<String> names = new ArrayList<>();
    for (Node item : nodes == null ? List.<Node>of() : nodes) {
      String name = name(item, scope, what);
      if (name != null) {
        names.add(name);
      }
    }
    return names;
  }

  /** A text that must be one of some words. */
  public static @Nullable String word(Node node, Scope scope, List<String> words) {
    String text = text(node, scope, "one of " + String.join(", ", words));
    if (text != null && !words.contains(text)) {
      scope.problem(node, "The word " + text + " is unknown" + Nearest.advice(text, words));
      return null;
    }
    return text;
  }
}
