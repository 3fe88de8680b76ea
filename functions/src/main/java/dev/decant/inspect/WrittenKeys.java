package dev.decant.inspect;

import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.StatementKind;
import dev.decant.dump.StatementTables;
import dev.decant.dump.WrittenKey;
import dev.decant.schema.ForeignKey;
import dev.decant.schema.Schema;
import dev.decant.schema.TableName;
import dev.decant.schema.UniqueKey;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The keys of a source whose text says everything that the catalog would say, so that the server
 * need not create them, which would take half of its time. These are primary keys, UNIQUE
 * constraints, unique indexes and foreign keys on plain columns, in the form that pg_dump writes,
 * of tables without partitions and inheritance. The server interprets every other key, and each of
 * these keys whose tables and columns do not fit its text.
 */
final class WrittenKeys {
  private final Map<Statement, UniqueKey> unique = new LinkedHashMap<>();
  private final Map<Statement, ForeignKey> foreign = new LinkedHashMap<>();

  /**
   * Chooses the keys. A statement that pg_dump does not write may change or drop a key, so none are
   * chosen from a source with such a statement.
   */
  WrittenKeys(List<Statement> statements) {
    if (statements.stream().anyMatch(s -> s.kind() == StatementKind.SCHEMA_CHANGE)) {
      return;
    }
    Set<TableName> left = new HashSet<>();
    statements.forEach(statement -> left.addAll(StatementTables.tied(statement)));
    Set<TableName> referenced = new HashSet<>();
    for (Statement statement : statements) {
      Optional<ForeignKey> key =
          WrittenKey.foreign(statement).filter(k -> !left.contains(k.table()));
      if (key.isPresent()) {
        foreign.put(statement, key.get());
      } else if (statement.kind() == StatementKind.FOREIGN_KEY) {
        referenced.addAll(StatementTables.of(statement));
      }
    }
    left.addAll(referenced);
    for (Statement statement : statements) {
      WrittenKey.unique(statement)
          .filter(key -> !left.contains(key.table()))
          .ifPresent(key -> unique.put(statement, key));
    }
  }

  boolean contains(Statement statement) {
    return unique.containsKey(statement) || foreign.containsKey(statement);
  }

  /** Takes out the keys whose statements come before a line, for a statement that needs them. */
  List<Statement> takeBefore(long line) {
    return taken(
        Stream.concat(unique.keySet().stream(), foreign.keySet().stream())
            .filter(statement -> statement.line() < line)
            .collect(Collectors.toSet()));
  }

  /**
   * Takes out the keys that the server must interpret. All keys of a table go with one that does
   * not fit, and so do the foreign keys that refer to the table.
   *
   * @param schema the schema without these keys
   */
  List<Statement> takeUnfit(Schema schema) {
    KeyFit fit = new KeyFit(schema, unique.values());
    Set<TableName> tables = new HashSet<>();
    unique.values().stream().filter(k -> !fit.fits(k)).forEach(k -> tables.add(k.table()));
    Set<ForeignKey> unfit = new HashSet<>();
    for (ForeignKey key : foreign.values()) {
      if (!fit.fits(key)) {
        unfit.add(key);
        tables.add(key.referenced());
      }
    }
    return take(
        key -> tables.contains(key.table()),
        key -> unfit.contains(key) || tables.contains(key.referenced()));
  }

  private List<Statement> take(Predicate<UniqueKey> ofUnique, Predicate<ForeignKey> ofForeign) {
    Set<Statement> taken = new HashSet<>();
    unique.forEach((statement, key) -> addIf(ofUnique.test(key), statement, taken));
    foreign.forEach((statement, key) -> addIf(ofForeign.test(key), statement, taken));
    return taken(taken);
  }

  private static void addIf(boolean adds, Statement statement, Set<Statement> to) {
    if (adds) {
      to.add(statement);
    }
  }

  private List<Statement> taken(Set<Statement> statements) {
    unique.keySet().removeAll(statements);
    foreign.keySet().removeAll(statements);
    return statements.stream().sorted(Comparator.comparingLong(Statement::line)).toList();
  }

  /** The schema with the keys that were not taken out. */
  Schema addTo(Schema schema) {
    return schema.withKeys(unique.values(), foreign.values());
  }
}
