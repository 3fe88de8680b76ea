package dev.decant.dump;

import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.StatementTables.Constraint;
import dev.decant.schema.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Moves CHECK constraints that call a function of the dump to a place after the rows. For domains,
 * these are only the CHECKs whose function reads a table. Such a function may read another table,
 * whose rows may not be loaded yet when the rows of the constraint's own table are loaded. After
 * all rows, the result of the constraint does not depend on the order of loading.
 *
 * @param before the statements that precede the rows, without these constraints and their comments
 * @param after the constraints and their comments, as separate statements
 */
public record LateChecks(List<Statement> before, List<Statement> after) {
  public LateChecks {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /** Finds the constraints in the statements that precede the rows. */
  public static LateChecks of(List<Statement> statements) {
    Map<Statement, TableChecks> tables = tables(statements);
    Set<Constraint> moved = new HashSet<>();
    tables.values().forEach(checks -> moved.addAll(checks.names()));
    DomainChecks domains = new DomainChecks(statements);
    if (moved.isEmpty() && domains.isEmpty()) {
      return new LateChecks(statements, List.of());
    }
    Map<TableName, TableName> parents = new HashMap<>();
    for (Statement statement : statements) {
      StatementTables.attached(statement).ifPresent(a -> parents.put(a.partition(), a.parent()));
    }
    List<Statement> before = new ArrayList<>();
    List<Statement> after = new ArrayList<>();
    List<Statement> comments = new ArrayList<>();
    for (Statement statement : statements) {
      @Nullable TableChecks checks = tables.get(statement);
      DomainChecks.Divided domain = domains.divide(statement);
      if (!domain.late().isEmpty()) {
        before.add(domain.domain());
        after.addAll(domain.late());
      } else if (checks != null) {
        before.add(checks.without());
        after.addAll(checks.added(check -> !inherited(check, parents, moved)));
      } else if (StatementTables.constraint(statement).filter(moved::contains).isPresent()) {
        comments.add(statement);
      } else {
        before.add(statement);
      }
    }
    after.addAll(comments);
    return new LateChecks(before, after);
  }

  /** The tables that have such constraints. */
  private static Map<Statement, TableChecks> tables(List<Statement> statements) {
    Set<String> functions = functions(statements);
    Map<Statement, TableChecks> tables = new LinkedHashMap<>();
    for (Statement statement : statements) {
      if (statement.kind() == StatementKind.TABLE) {
        TableChecks checks = TableChecks.of(statement, functions);
        if (!checks.names().isEmpty()) {
          tables.put(statement, checks);
        }
      }
    }
    return tables;
  }

  /** The names, without their schemas, of the functions that the dump creates. */
  private static Set<String> functions(List<Statement> statements) {
    Set<String> names = new HashSet<>();
    for (Statement statement : statements) {
      if (statement.kind() == StatementKind.FUNCTION) {
        @Nullable String name = functionName(statement);
        if (name != null) {
          names.add(name);
        }
      }
    }
    return names;
  }

  /** The name of a function without its schema, or null. */
  static @Nullable String functionName(Statement function) {
    StatementTokens tokens = StatementTokens.of(function);
    tokens.accept("create");
    tokens.accept("or", "replace");
    tokens.accept("function");
    @Nullable String name = tokens.identifier();
    while (name != null && tokens.acceptSymbol('.')) {
      name = tokens.identifier();
    }
    return name;
  }

  /** A partition inherits the constraint from its parent, so it must not be added twice. */
  private static boolean inherited(
      Constraint check, Map<TableName, TableName> parents, Set<Constraint> moved) {
    TableName parent = parents.get(check.table());
    while (parent != null) {
      if (moved.contains(new Constraint(parent, check.name()))) {
        return true;
      }
      parent = parents.get(parent);
    }
    return false;
  }
}
