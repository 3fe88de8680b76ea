package dev.decant.inspect;

import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.StatementKind;
import dev.decant.dump.StatementTables;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.Database;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.run.TaskGroup;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs many statements of one kind over several connections. All statements about one table go over
 * the same connection, so that the connections never wait for each other's locks. A batch with a
 * statement that fails changes nothing, and the caller runs it again in order.
 */
final class ParallelDdl {
  /** Fewer statements are not worth the connections. */
  static final int LEAST = 400;

  private static final int BATCH = 100;
  private static final int MOST = 4;

  private final Database database;
  private final List<String> settings;
  private final Runnable guard;
  private final List<Statement> failed = new ArrayList<>();

  /**
   * @param settings the statements that give each session the settings of the source
   */
  ParallelDdl(Database database, List<String> settings, Runnable guard) {
    this.database = database;
    this.settings = List.copyOf(settings);
    this.guard = guard;
  }

  /** The group of statements that may run in any order; empty for a statement that may not. */
  static Optional<Integer> group(Statement statement) {
    StatementKind kind = statement.kind();
    return kind == StatementKind.TABLE
        ? Optional.of(1)
        : kind == StatementKind.CONSTRAINT || kind == StatementKind.INDEX_UNIQUE
            ? Optional.of(2)
            : Optional.empty();
  }

  /** Runs the statements of one group, and returns those that are left, in their order. */
  List<Statement> run(List<Statement> statements, Function<Statement, String> sql) {
    int workers = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, MOST);
    List<List<Statement>> parts = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      parts.add(new ArrayList<>());
    }
    for (Statement statement : statements) {
      parts.get(Math.floorMod(table(statement).hashCode(), workers)).add(statement);
    }
    try (TaskGroup group = new TaskGroup("decant-ddl", guard)) {
      parts.forEach(part -> group.start(() -> work(part, sql)));
      group.join();
    }
    synchronized (failed) {
      failed.sort(Comparator.comparingLong(Statement::line));
      return List.copyOf(failed);
    }
  }

  private static String table(Statement statement) {
    return StatementTables.of(statement).stream()
        .findFirst()
        .map(Object::toString)
        .orElseGet(statement::object);
  }

  private void work(List<Statement> part, Function<Statement, String> sql) {
    try (Connection connection = database.connect();
        java.sql.Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      for (String setting : settings) {
        statement.execute(setting);
      }
      for (int from = 0; from < part.size(); from += BATCH) {
        guard.run();
        batch(statement, part.subList(from, Math.min(part.size(), from + BATCH)), sql);
      }
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "creating tables");
    }
  }

  private void batch(
      java.sql.Statement connection, List<Statement> batch, Function<Statement, String> sql)
      throws SQLException {
    StringBuilder all = new StringBuilder();
    batch.forEach(statement -> all.append(sql.apply(statement)).append(";\n"));
    try {
      connection.execute(all.toString());
    } catch (SQLException e) {
      if (ScratchCatalog.broken(e)) {
        throw e;
      }
      synchronized (failed) {
        failed.addAll(batch);
      }
    }
  }
}
