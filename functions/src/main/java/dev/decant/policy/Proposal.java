package dev.decant.policy;

import dev.decant.mask.ColumnRule;
import dev.decant.mask.MaskFactory;
import dev.decant.mask.MaskOption;
import dev.decant.mask.MaskSpec;
import dev.decant.schema.Column;
import dev.decant.schema.ForeignKey;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.schema.UniqueKey;
import dev.decant.yaml.YamlText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes YAML for what has no rule, with a mask for each column guessed from its name and type. */
final class Proposal {
  private static final int WIDTH = 100;

  private final Schema schema;
  private final TableResolver tables;
  private final MaskCatalog masks;

  Proposal(Schema schema, TableResolver tables, MaskCatalog masks) {
    this.schema = schema;
    this.tables = tables;
    this.masks = masks;
  }

  /** One block for the whole policy, or empty where nothing is missing. */
  String yaml(SortedMap<TableName, List<Column>> missing) {
    if (missing.isEmpty()) {
      return "";
    }
    StringBuilder out = new StringBuilder("tables:\n");
    missing.forEach((table, columns) -> table(table, columns, out));
    return out.toString();
  }

  private void table(TableName name, List<Column> columns, StringBuilder out) {
    boolean partly = tables.of(name).isPresent();
    out.append("  ").append(YamlText.of(name.toString())).append(':');
    out.append(partly ? "  # its entry lacks these columns\n" : "\n");
    Map<Boolean, List<Column>> byKeep =
        columns.stream().collect(Collectors.partitioningBy(c -> guess(name, c, 0).equals("keep")));
    List<Column> kept = byKeep.getOrDefault(true, List.of());
    List<Column> masked = byKeep.getOrDefault(false, List.of());
    if (!kept.isEmpty() || masked.isEmpty()) {
      out.append(keep(kept));
    }
    if (!masked.isEmpty()) {
      out.append("    columns:\n");
    }
    for (Column column : masked) {
      String guess = guess(name, column, 0);
      out.append("      ").append(YamlText.column(column.name())).append(": ").append(guess);
      out.append("  # ").append(YamlText.comment(column.type().name()));
      out.append(column.notNull() ? ", not null\n" : "\n");
    }
  }

  private static String keep(List<Column> kept) {
    StringBuilder out = new StringBuilder();
    StringBuilder line = new StringBuilder("    keep: [");
    for (int i = 0; i < kept.size(); i++) {
      String item = YamlText.column(kept.get(i).name()) + (i + 1 < kept.size() ? "," : "");
      if (line.length() + item.length() > WIDTH) {
        out.append(line).append('\n');
        line = new StringBuilder("      ");
      }
      boolean first = line.isEmpty() || line.toString().isBlank() || line.toString().endsWith("[");
      line.append(first ? "" : " ").append(item);
    }
    return out.append(line).append("]\n").toString();
  }

  /** A mask that serves the column; the same one for both ends of a foreign key. */
  private String guess(TableName table, Column column, int depth) {
    Optional<String> other = depth > 4 ? Optional.empty() : otherEnd(table, column.name(), depth);
    if (other.isPresent()) {
      return other.get();
    }
    boolean unique = inKey(table, column.name());
    if (inPartitionKey(table, column.name())) {
      return "keep";
    }
    return Stream.concat(Guesses.of(column).stream(), Stream.of("scramble", "empty", "nullify"))
        .filter(name -> serves(name, column, unique))
        .findFirst()
        .orElse("keep");
  }

  private Optional<String> otherEnd(TableName table, String column, int depth) {
    for (ForeignKey key : schema.foreignKeys()) {
      int i = key.columns().indexOf(column);
      int j = key.referencedColumns().indexOf(column);
      if (key.table().equals(table) && i >= 0) {
        return rule(key.referenced(), key.referencedColumns().get(i), depth);
      }
      if (key.referenced().equals(table) && j >= 0) {
        Optional<String> ruled = written(key.table(), key.columns().get(j));
        if (ruled.isPresent()) {
          return ruled;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> rule(TableName table, String column, int depth) {
    Optional<String> written = written(table, column);
    return written.isPresent()
        ? written
        : schema.table(table).flatMap(t -> t.column(column)).map(c -> guess(table, c, depth + 1));
  }

  /** The rule that the policy has, where it is a mask without options. */
  private Optional<String> written(TableName table, String column) {
    return tables
        .of(table)
        .flatMap(r -> Optional.ofNullable(r.columns.get(column)))
        .map(ColumnRule::cases)
        .filter(cases -> cases.size() == 1)
        .map(cases -> cases.getFirst().mask())
        .filter(mask -> mask.options().isEmpty() && mask.realm() == null)
        .map(MaskSpec::name);
  }

  private boolean inKey(TableName table, String column) {
    return schema.uniqueKeys().stream()
        .map(k -> new UniqueKey(k.name(), tables.root(k.table()), k.columns(), k.kind()))
        .anyMatch(k -> k.table().equals(table) && k.columns().contains(column));
  }

  private boolean inPartitionKey(TableName table, String column) {
    return schema.tables().stream()
        .filter(t -> tables.root(t.name()).equals(table))
        .map(Table::partitionKey)
        .anyMatch(key -> key.contains(column));
  }

  private boolean serves(String name, Column column, boolean unique) {
    if (name.equals("keep")) {
      return true;
    }
    Optional<MaskFactory> factory = masks.factory(name);
    MaskSpec spec = MaskSpec.of(name);
    return factory.isPresent()
        && factory.get().options().stream().noneMatch(MaskOption::required)
        && !(name.equals("nullify") && column.notNull())
        && factory.get().refusal(spec, column) == null
        && (!unique || factory.get().injective(spec, column));
  }
}
