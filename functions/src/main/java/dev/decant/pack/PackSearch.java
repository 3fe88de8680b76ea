package dev.decant.pack;

import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the applications of packs in a schema. */
final class PackSearch {
  private PackSearch() {}

  /**
   * The pack with the parts of the schema that belong to its application, one for each installation
   * of it.
   *
   * @param words gives the words of a name, with underscores between them
   */
  static Stream<RecognizedPack> find(Pack pack, Schema schema, UnaryOperator<String> words) {
    List<Table> all = schema.tables().stream().filter(t -> t.partitionOf() == null).toList();
    Collection<List<Table>> parts =
        pack.namesSchemas() || !pack.settings().isEmpty()
            ? List.of(all)
            : all.stream()
                .collect(
                    Collectors.groupingBy(
                        t -> t.name().schema(), TreeMap::new, Collectors.toList()))
                .values();
    return parts.stream()
        .filter(pack::recognizes)
        .map(part -> new RecognizedPack(pack, part, new FoundRules(pack, schema, part, words)))
        .filter(found -> !found.tables().isEmpty());
  }
}
