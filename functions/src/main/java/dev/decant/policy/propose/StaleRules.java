package dev.decant.policy.propose;

import dev.decant.policy.Policy;
import dev.decant.policy.ddl.DdlAnswers;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.yaml.NameParser;
import dev.decant.yaml.YamlDocument;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The rules of a policy for tables, columns and objects that a database does not have, and for
 * columns that it computes.
 *
 * @param columns the columns with such rules, by table; no columns stand for the whole entry
 * @param objects the objects with such rules under {@code ddl}
 */
public record StaleRules(Map<TableName, Set<String>> columns, Set<String> objects) {
  /** There are no such rules. */
  public static final StaleRules NONE = new StaleRules(Map.of(), Set.of());

  public StaleRules {
    columns = Map.copyOf(columns);
    objects = Set.copyOf(objects);
  }

  public static StaleRules of(Policy policy, Schema schema, DdlAnswers ddl) {
    Map<TableName, Set<String>> stale = new HashMap<>();
    policy
        .tables()
        .forEach(
            (name, entry) -> {
              Optional<Table> table = schema.table(name);
              if (table.isEmpty() || table.get().partitionOf() != null) {
                if (!entry.optional()) {
                  stale.put(name, Set.of());
                }
                return;
              }
              Set<String> names = new HashSet<>(entry.keep().keySet());
              names.addAll(entry.columns().keySet());
              names.removeIf(
                  each -> table.get().column(each).filter(c -> !c.generated()).isPresent());
              if (!names.isEmpty()) {
                stale.put(name, names);
              }
            });
    return new StaleRules(stale, ddl.stale());
  }

  /** The same without some tables, of which nothing is known. */
  public StaleRules except(Set<TableName> unknown) {
    Map<TableName, Set<String>> known = new HashMap<>(columns);
    known.keySet().removeAll(unknown);
    return new StaleRules(known, objects);
  }

  public boolean isEmpty() {
    return columns.isEmpty() && objects.isEmpty();
  }

  /** The text of a policy without these rules, or the text itself if it cannot be changed. */
  public String removedFrom(String yaml) {
    if (isEmpty() || yaml.isBlank()) {
      return yaml;
    }
    try {
      MappingNode file = YamlDocument.map(yaml, true);
      if (YamlDocument.value(file, "tables") instanceof MappingNode tables) {
        remove(tables);
      }
      if (YamlDocument.value(file, "ddl") instanceof MappingNode ddl) {
        ddl.getValue()
            .removeIf(
                rule ->
                    rule.getKeyNode() instanceof ScalarNode key
                        && objects.contains(key.getValue()));
      }
      return YamlDocument.commented(file).orElse(yaml);
    } catch (YamlEngineException e) {
      return yaml;
    }
  }

  private void remove(MappingNode tables) {
    for (NodeTuple entry : Set.copyOf(tables.getValue())) {
      TableName name =
          entry.getKeyNode() instanceof ScalarNode key ? NameParser.table(key.getValue()) : null;
      Set<String> stale = name == null ? null : columns.get(name);
      if (stale == null) {
        continue;
      }
      if (stale.isEmpty()) {
        tables.getValue().remove(entry);
      } else if (entry.getValueNode() instanceof MappingNode) {
        MappingNode own = YamlDocument.separate(entry, tables);
        Predicate<Node> gone =
            column ->
                column instanceof ScalarNode text
                    && stale.contains(NameParser.column(text.getValue()));
        if (YamlDocument.value(own, "keep") instanceof SequenceNode keep) {
          keep.getValue().removeIf(gone);
        }
        if (YamlDocument.value(own, "columns") instanceof MappingNode masked) {
          masked.getValue().removeIf(rule -> gone.test(rule.getKeyNode()));
        }
      }
    }
  }
}
