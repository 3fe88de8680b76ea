package dev.decant.policy.propose;

import dev.decant.pack.PackAssertion;
import dev.decant.pack.RecognizedPack;
import dev.decant.pack.RecognizedPacks;
import dev.decant.schema.TableName;
import dev.decant.yaml.YamlDocument;
import dev.decant.yaml.YamlText;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Adds packs to a policy: their names, their sql steps and their assertions. A pack is added once.
 * After that its steps belong to the team, which may change or remove them.
 */
final class PackBlocks {
  private final MappingNode file;

  PackBlocks(MappingNode file) {
    this.file = file;
  }

  /**
   * Adds the packs whose tables are all new to the file.
   *
   * @param written the tables that have an entry in the file
   */
  void add(RecognizedPacks packs, Set<TableName> written) {
    Set<String> named = named();
    for (RecognizedPack pack : packs.all()) {
      if (named.contains(pack.name()) || pack.tables().stream().anyMatch(written::contains)) {
        continue;
      }
      if (!named().contains(pack.name())) {
        item("packs", YamlText.of(pack.name()));
      }
      pack.sql().forEach(sql -> item("sql", YamlText.value(sql)));
      packs.assertions(pack).forEach(assertion -> item("assertions", yaml(assertion)));
    }
  }

  private static String yaml(PackAssertion assertion) {
    return "{ name: "
        + YamlText.value(assertion.name())
        + ", sql: "
        + YamlText.value(assertion.sql())
        + ", empty: true }";
  }

  private Set<String> named() {
    Set<String> names = new HashSet<>();
    if (YamlDocument.value(file, "packs") instanceof SequenceNode list) {
      for (Node item : list.getValue()) {
        if (item instanceof ScalarNode scalar) {
          names.add(scalar.getValue());
        }
      }
    }
    return names;
  }

  /** Adds an item to the list under a key, which is made if it does not exist. */
  private void item(String key, String yaml) {
    MappingNode added = YamlDocument.map(key + ":\n- " + yaml + "\n", false);
    if (YamlDocument.value(file, key) instanceof SequenceNode known
        && YamlDocument.value(added, key) instanceof SequenceNode list) {
      known.getValue().addAll(list.getValue());
    } else {
      List<?> before = file.getValue();
      file.getValue()
          .removeIf(t -> t.getKeyNode() instanceof ScalarNode k && k.getValue().equals(key));
      file.getValue().addAll(Math.min(before.size(), place(key)), added.getValue());
    }
  }

  /** The key packs is inserted before the tables, and all other keys at the end. */
  private int place(String key) {
    return key.equals("packs") && !file.getValue().isEmpty() ? 1 : Integer.MAX_VALUE;
  }
}
