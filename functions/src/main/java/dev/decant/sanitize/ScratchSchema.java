package dev.decant.sanitize;

import dev.decant.dump.CreatedExtension;
import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.LateViews;
import dev.decant.dump.ScratchDdl;
import dev.decant.dump.StatementKind;
import dev.decant.dump.StatementKind.Scratch;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.load.DdlRun;
import dev.decant.load.DdlStatement;
import dev.decant.load.SessionSettings;
import dev.decant.load.SnapshotSchema;
import dev.decant.load.Unverified;
import dev.decant.postgres.Database;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.run.RunGuard;
import dev.decant.schema.CatalogReader;
import dev.decant.schema.Schema;
import dev.decant.scratch.ScratchDatabase;
import dev.decant.scratch.ScratchServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The two scratch databases of a run. One stays empty: it gets all DDL, and a real PostgreSQL's
 * catalog answers what tables, types and keys there are. The other is its copy, made before the
 * keys, and gets the rows.
 */
final class ScratchSchema implements AutoCloseable {
  private final ScratchDatabase empty;
  private final ScratchDatabase rows;
  private final boolean unlogged;
  private final String settings;
  private final RunGuard guard;
  private final Unverified unverified;

  private ScratchSchema(
      ScratchDatabase empty,
      ScratchDatabase rows,
      boolean unlogged,
      String settings,
      RunGuard guard,
      Unverified unverified) {
    this.empty = empty;
    this.rows = rows;
    this.unlogged = unlogged;
    this.settings = settings;
    this.guard = guard;
    this.unverified = unverified;
  }

  /**
   * Runs the statements before the rows.
   *
   * @param lateChecks constraints that the database with the rows gets after them
   */
  static ScratchSchema create(
      ScratchServer server,
      List<Statement> beforeRows,
      List<Statement> lateChecks,
      RunGuard guard) {
    requireExtensions(server, beforeRows);
    // PostgreSQL 18 has no unlogged partitioned tables, and a logged table cannot refer to an
    // unlogged one.
    boolean unlogged = beforeRows.stream().noneMatch(ScratchDdl::partitioned);
    Unverified unverified = new Unverified();
    ScratchDatabase empty = server.create("schema", extensions(beforeRows));
    List<DdlStatement> ddl = ddl(beforeRows, unlogged, Set.of(Scratch.SCHEMA));
    try (Connection connection = empty.connect()) {
      DdlRun.inOrder(connection, ddl, guard::check, unverified);
    } catch (SQLException e) {
      throw closing(e);
    }
    ScratchSchema schema =
        new ScratchSchema(
            empty,
            server.copy(empty, "rows"),
            unlogged,
            SessionSettings.of(SessionSettings.onHeap(beforeRows)),
            guard,
            unverified);
    schema.addToEmpty(lateChecks, Set.of(Scratch.CONSTRAINT));
    return schema;
  }

  /**
   * Gives the database without rows what the other one gets after them: constraints, and all that
   * no row depends on.
   */
  void addRest(List<Statement> beforeRows) {
    addToEmpty(
        beforeRows.stream().filter(s -> s.kind() != StatementKind.REFRESH).toList(),
        Set.of(Scratch.CONSTRAINT, Scratch.ATTACH, Scratch.FOREIGN_KEY, Scratch.FULL));
  }

  /**
   * Tries the statements that no row depends on, in their order, in the database without rows: what
   * fails here would fail in psql. REFRESH is not among them, it works on rows.
   */
  void tryRest(List<Statement> statements) {
    Predicate<Statement> late = LateViews.waiting(statements);
    addToEmpty(
        statements.stream()
            .filter(s -> s.kind() != StatementKind.REFRESH)
            .filter(s -> s.kind().scratch() != Scratch.CONSTRAINT || late.test(s))
            .toList(),
        Set.of(Scratch.SCHEMA, Scratch.CONSTRAINT, Scratch.FULL, Scratch.ATTACH));
  }

  private void addToEmpty(List<Statement> statements, Set<Scratch> uses) {
    List<DdlStatement> ddl = ddl(statements, uses);
    try (Connection connection = new SessionSettings(empty, settings).connect()) {
      DdlRun.inOrder(connection, ddl, guard::check, unverified);
    } catch (SQLException e) {
      throw closing(e);
    }
  }

  /** The schemas of the extensions that statements create, by their names, in order. */
  static Map<String, String> extensions(List<Statement> statements) {
    Map<String, String> schemas = new LinkedHashMap<>();
    for (Statement statement : statements) {
      if (statement.kind() == StatementKind.EXTENSION) {
        CreatedExtension.of(statement).ifPresent(e -> schemas.put(e.name(), e.schema()));
      }
    }
    return schemas;
  }

  private static void requireExtensions(ScratchServer server, List<Statement> statements) {
    Set<String> missing = new TreeSet<>();
    for (Statement statement : statements) {
      if (statement.kind() == StatementKind.EXTENSION) {
        missing.add(SnapshotSchema.extension(statement));
      }
    }
    missing.removeAll(server.extensions());
    if (!missing.isEmpty()) {
      throw new DecantException(
          ErrorCode.EXTENSION_MISSING,
          "The dump needs extensions that the scratch database ("
              + server.description()
              + ") does not have: "
              + String.join(", ", missing)
              + ". Give a server that has them: --scratch postgresql://USER@HOST/DB (or"
              + " DECANT_SCRATCH).");
    }
  }

  /** What a scratch database runs of these statements, in these uses. */
  List<DdlStatement> ddl(List<Statement> statements, Set<Scratch> uses) {
    return ddl(statements, unlogged, uses);
  }

  private static List<DdlStatement> ddl(
      List<Statement> statements, boolean unlogged, Set<Scratch> uses) {
    return statements.stream()
        .filter(s -> uses.contains(s.kind().scratch()))
        .filter(s -> s.kind() != StatementKind.EXTENSION) // each database is created with them
        .map(s -> ddl(s, sql(s, unlogged)))
        .filter(ddl -> !ddl.sql().isEmpty())
        .toList();
  }

  /** A statement as a scratch database with the extensions of its dump runs it. */
  static DdlStatement ddl(Statement statement, String sql) {
    return new DdlStatement(
        statement.line(), statement.object(), sql, statement.kind().withoutRows());
  }

  /**
   * An index of a partitioned table that cannot reject a row is not there to be attached to, unless
   * all is verified.
   */
  private static String sql(Statement statement, boolean unlogged) {
    String sql = ScratchDdl.forScratch(SnapshotSchema.whereMissing(statement), unlogged);
    if (statement.kind() != StatementKind.INDEX_ATTACH) {
      return sql;
    }
    String index = statement.object().substring(statement.object().indexOf(' ') + 1);
    return "DO $decant_do$BEGIN IF pg_catalog.to_regclass($decant_name$"
        + index
        + "$decant_name$) IS NOT NULL THEN EXECUTE $decant_sql$"
        + sql
        + "$decant_sql$; END IF; END$decant_do$";
  }

  /** What the catalog says so far. */
  Schema read() {
    try (Connection connection = empty.connect()) {
      return CatalogReader.read(connection);
    } catch (SQLException e) {
      throw closing(e);
    }
  }

  /**
   * Gives the empty database the keys and constraints that stand after the rows, and reads the
   * catalog again.
   */
  Schema readWithKeys(List<Statement> afterRows) {
    List<Statement> early =
        afterRows.stream().filter(LateViews.waiting(afterRows).negate()).toList();
    try (Connection connection = new SessionSettings(empty, settings).connect()) {
      for (Scratch use : List.of(Scratch.CONSTRAINT, Scratch.ATTACH, Scratch.FOREIGN_KEY)) {
        DdlRun.inOrder(connection, ddl(early, Set.of(use)), guard::check, unverified);
      }
      return CatalogReader.read(connection);
    } catch (SQLException e) {
      throw closing(e);
    }
  }

  /** What the databases do not have because their role may not create it. */
  Unverified unverified() {
    return unverified;
  }

  /**
   * The database that gets the rows, with the dump's own settings in each session. What a reader of
   * the snapshot will run runs here, so that it meets the same search_path.
   */
  Database restoring() {
    return new SessionSettings(rows, settings);
  }

  /** The database that gets the rows, with the server's settings, for the policy's own SQL. */
  ScratchDatabase rows() {
    return rows;
  }

  private static DecantException closing(SQLException e) {
    return DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "closing a connection");
  }

  @Override
  public void close() {
    try (empty) {
      rows.close();
    }
  }
}
