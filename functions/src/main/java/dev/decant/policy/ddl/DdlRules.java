package dev.decant.policy.ddl;

import dev.decant.detect.ddl.DdlDetector;
import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.ObjectName;
import dev.decant.policy.DdlRule;
import dev.decant.policy.Policy;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Applies the rules of {@code ddl} to the statements of a dump. */
public final class DdlRules {
  /** The beginnings of the names of objects that may be dropped: no row depends on them. */
  private static final Set<String> DROPPABLE =
      Set.of(
          "TRIGGER",
          "RULE",
          "COMMENT ON",
          "FUNCTION",
          "PROCEDURE",
          "AGGREGATE",
          "VIEW",
          "MATERIALIZED VIEW",
          "DEFAULT");

  private final Map<String, DdlRule> rules;
  private final Set<String> dropped;

  public DdlRules(Policy policy) {
    rules = policy.objects().ddl();
    dropped =
        rules.entrySet().stream()
            .filter(e -> e.getValue() instanceof DdlRule.Drop && droppable(e.getKey()))
            .map(Map.Entry::getKey)
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether a database without this object can hold the same rows. */
  static boolean droppable(String object) {
    return DROPPABLE.stream().anyMatch(kind -> object.startsWith(kind + ' '));
  }

  /**
   * The statement that is published; empty if the policy drops its object, or the object to which
   * it belongs.
   */
  public Optional<Statement> apply(Statement statement) {
    if (rules.isEmpty()) {
      return Optional.of(statement);
    }
    String name = ObjectName.of(statement);
    if (drops(name)) {
      return Optional.empty();
    }
    return Optional.of(
        rules.get(name) instanceof DdlRule.Replace replace
            ? replaced(statement, replace.text())
            : statement);
  }

  /** Whether the policy drops the object of this name, or the object to which it belongs. */
  boolean drops(String name) {
    return dropped.stream().anyMatch(object -> belongs(name, object));
  }

  private static Statement replaced(Statement statement, String with) {
    return statement.withText(
        DdlDetector.replace(statement.text(), statement.backslashEscapes(), with));
  }

  /** Whether a statement is about an object, or about a part of a view. */
  private static boolean belongs(String name, String object) {
    if (name.equals(object) || name.equals("COMMENT ON " + object)) {
      return true;
    }
    if (!object.startsWith("VIEW ") && !object.startsWith("MATERIALIZED VIEW ")) {
      return false;
    }
    String view = object.substring(object.indexOf("VIEW ") + "VIEW ".length());
    return name.equals(view)
        || name.endsWith(" ON " + view)
        || name.startsWith("DEFAULT " + view + '.')
        || name.startsWith("COMMENT ON COLUMN " + view + '.');
  }
}
