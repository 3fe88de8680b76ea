package dev.decant.sanitize;

import static dev.decant.dump.StatementKind.STATISTICS;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.StatementKind.Scratch;
import dev.decant.dump.StatementTables;
import dev.decant.load.DdlStatement;
import dev.decant.load.Unverified;
import dev.decant.sanitize.schema.ScratchSchema;
import dev.decant.schema.TableName;
import dev.decant.verify.StatisticsExpressions;
import dev.decant.verify.WideIndexes;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Builds the indexes that the masked rows can break, and evaluates the expressions of extended
 * statistics, as a reader of the snapshot does. A statement that fails is left out of the snapshot,
 * because no row depends on it.
 *
 * <p>An index with an expression or a predicate is always built. Another index can only fail if a
 * value is too long for it, so it is built if a masked column has long values.
 */
final class IndexTrial {
  private final ScratchSchema schema;
  private final Unverified unverified;
  private final List<Statement> afterRows;
  private final Set<Statement> built = new LinkedHashSet<>();

  /**
   * @param afterRows the statements whose objects are not of a view that is created late
   */
  IndexTrial(ScratchSchema schema, List<Statement> afterRows) {
    this.schema = schema;
    this.unverified = schema.unverified();
    this.afterRows = afterRows;
  }

  /**
   * Runs the statements.
   *
   * @param empty to the database that has all objects and no rows
   * @param rows to the database with the rows
   * @param masked whether a column is masked
   * @param parallel runs statements in any order
   * @return the statements that failed over the rows
   */
  Set<Statement> run(
      Connection empty,
      Connection rows,
      BiPredicate<TableName, String> masked,
      Consumer<List<DdlStatement>> parallel) {
    Set<TableName> wide = WideIndexes.find(empty, rows, masked);
    Map<Statement, DdlStatement> tried = new LinkedHashMap<>();
    Map<String, String> expressions = new HashMap<>();
    StatisticsExpressions.queries(empty)
        .forEach((name, query) -> expressions.put("STATISTICS " + name, query));
    for (Statement statement : afterRows) {
      if (unverified.has(statement)) {
        continue;
      }
      switch (statement.kind()) {
        case INDEX_EXPRESSION -> tried.put(statement, ddl(statement));
        case INDEX -> {
          if (isOf(statement, wide)) {
            tried.put(statement, ddl(statement));
          }
        }
        case STATISTICS -> {
          String query = expressions.get(statement.object());
          if (query != null) {
            tried.put(statement, DdlStatement.of(statement, query));
          }
        }
        default -> {}
      }
    }
    List<DdlStatement> all = List.copyOf(tried.values());
    unverified.leaveOutIfFailing(all);
    parallel.accept(all);
    tried.keySet().stream().filter(s -> s.kind() != STATISTICS).forEach(built::add);
    Set<Statement> failed = new LinkedHashSet<>();
    tried.forEach(
        (statement, ddl) -> {
          if (unverified.isLeftOut(ddl)) {
            failed.add(statement);
          }
        });
    failed.forEach(this::addDependents);
    return failed;
  }

  /** The indexes that were built, and those that failed. */
  Set<Statement> built() {
    return built;
  }

  private DdlStatement ddl(Statement index) {
    return schema.ddl(List.of(index), Set.of(Scratch.CONSTRAINT, Scratch.FULL)).getFirst();
  }

  /** CLUSTER ON, COMMENT ON INDEX and the like fail where the index does not exist. */
  private void addDependents(Statement failed) {
    List<Statement> dependents = new ArrayList<>();
    for (Statement statement : afterRows) {
      boolean mayNeed =
          switch (statement.kind()) {
            case CLUSTER,
                COMMENT,
                INDEX_ATTACH,
                INDEX_SETTING,
                REPLICA_IDENTITY,
                STATISTICS,
                EXTENSION_DEPENDENCY ->
                !statement.equals(failed);
            default -> false;
          };
      if (mayNeed && names(statement, failed)) {
        dependents.add(statement);
      }
    }
    dependents.forEach(d -> unverified.addDependent(d, failed.object()));
  }

  /** An index has the schema of its table. */
  private static boolean isOf(Statement index, Set<TableName> names) {
    String name = name(index);
    return StatementTables.of(index).stream()
        .anyMatch(
            table ->
                names.stream()
                    .anyMatch(
                        n ->
                            n.schema().equals(table.schema())
                                && TableName.quoted(n.name()).equals(name)));
  }

  /** {@code INDEX i} or {@code STATISTICS public.s} without the first word and the schema. */
  private static String name(Statement statement) {
    String object = statement.object();
    return object.substring(object.indexOf(' ') + 1);
  }

  /** Whether the text of a statement has the name of another statement's object. */
  private static boolean names(Statement statement, Statement failed) {
    return Pattern.compile("(?<!\\w)" + Pattern.quote(name(failed)) + "(?!\\w)")
        .matcher(new String(statement.text(), UTF_8))
        .find();
  }
}
