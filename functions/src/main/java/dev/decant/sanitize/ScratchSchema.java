package dev.decant.sanitize;

import static dev.decant.dump.StatementKind.CONSTRAINT;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.dump.DumpPart.CopyStart;
import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.LateChecks;
import dev.decant.dump.LateViews;
import dev.decant.dump.ScratchDdl;
import dev.decant.dump.StatementKind;
import dev.decant.dump.StatementKind.Scratch;
import dev.decant.dump.TableClauses;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.load.DdlRun;
import dev.decant.load.DdlStatement;
import dev.decant.load.ScratchExtensions;
import dev.decant.load.SessionSettings;
import dev.decant.load.SnapshotSchema;
import dev.decant.load.StandIns;
import dev.decant.load.Unverified;
import dev.decant.mask.builtin.BuiltInMasks;
import dev.decant.policy.CheckedPolicy;
import dev.decant.postgres.Database;
import dev.decant.postgres.DatabaseEncoding;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.run.RunGuard;
import dev.decant.schema.CatalogReader;
import dev.decant.schema.Schema;
import dev.decant.schema.TableName;
import dev.decant.scratch.ScratchDatabase;
import dev.decant.scratch.ScratchServer;
import dev.decant.verify.MaskTrial;
import dev.decant.yaml.Problem;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The two scratch databases of a run. The first one stays empty and gets all DDL, so its catalog
 * describes the tables, types and keys of the dump. The second one is a copy of the first, made
 * before the keys were created, and gets the rows.
 */
final class ScratchSchema implements AutoCloseable {
  private static final byte[] NO_COMMENT = new byte[0];

  private final ScratchDatabase empty;
  private final ScratchDatabase rows;
  private final boolean unlogged;
  private final String settings;
  private final RunGuard guard;
  private final StandIns standIns;
  private final Unverified unverified;
  private final Set<Statement> unneeded;
  private final List<String> warnings;

  /**
   * What the server lacks.
   *
   * @param unneeded the statements that create extensions which nothing in the dump needs
   * @param warnings the warnings about the rules for extensions
   */
  private record Lacking(
      StandIns standIns, Unverified unverified, Set<Statement> unneeded, List<String> warnings) {}

  private ScratchSchema(
      ScratchDatabase empty,
      ScratchDatabase rows,
      boolean unlogged,
      String settings,
      RunGuard guard,
      Lacking lacking) {
    this.empty = empty;
    this.rows = rows;
    this.unlogged = unlogged;
    this.settings = settings;
    this.guard = guard;
    this.standIns = lacking.standIns;
    this.unverified = lacking.unverified;
    this.unneeded = lacking.unneeded;
    this.warnings = lacking.warnings;
  }

  /**
   * Creates both databases and runs the statements that precede the rows.
   *
   * @param encoding the encoding of the dump's text
   * @param checks the statements, and the constraints that are created after the rows
   * @param rules the rules for extensions and their tables
   * @param policy the name of the policy file in messages
   * @param rows returns the database that gets the rows, which is a copy of the one that it is
   *     given
   */
  static ScratchSchema create(
      ScratchServer server,
      DatabaseEncoding encoding,
      LateChecks checks,
      ExtensionRules rules,
      String policy,
      UnaryOperator<ScratchDatabase> rows,
      RunGuard guard) {
    List<Statement> beforeRows = checks.before();
    ScratchExtensions extensions =
        ScratchExtensions.of(beforeRows, rules.wanted(server.extensions()));
    // PostgreSQL 18 refuses unlogged partitioned tables, and a logged table cannot refer to an
    // unlogged one.
    boolean unlogged = beforeRows.stream().noneMatch(ScratchDdl::partitioned);
    StandIns standIns = new StandIns(beforeRows);
    Unverified unverified = new Unverified(standIns);
    extensions.missing().stream().filter(s -> !rules.drops(s)).forEach(unverified::addExtension);
    ScratchDatabase empty = server.create("schema", extensions.present(), encoding);
    List<DdlStatement> ddl = ddl(beforeRows, unlogged, Set.of(Scratch.SCHEMA));
    Set<Statement> unneeded;
    try (Connection connection = empty.connect()) {
      DdlRun.inOrder(connection, ddl, guard::check, unverified);
      for (CopyStart head : rules.heads()) {
        if (extensions.mayOwn(head.table())) {
          unverified.createTable(connection, head);
        }
      }
      unneeded =
          rules.optional(
              extensions,
              extensions.unneeded(connection, standIns, rules.truncated()::contains),
              policy);
    } catch (SQLException e) {
      throw closing(e);
    }
    ScratchSchema schema =
        new ScratchSchema(
            empty,
            rows.apply(empty),
            unlogged,
            SessionSettings.of(SessionSettings.onHeap(beforeRows)),
            guard,
            new Lacking(standIns, unverified, unneeded, rules.warnings(extensions, policy)));
    schema.addToEmpty(checks.after(), Set.of(Scratch.CONSTRAINT));
    return schema;
  }

  /** The warnings about the rules for extensions. */
  List<String> warnings() {
    return warnings;
  }

  /** The tables of extensions that the dump does not create and the server does not have. */
  Set<TableName> ofExtensions() {
    return standIns.tables();
  }

  /**
   * Creates the constraints, and the objects that no row depends on, in the empty database. The
   * other database gets them after its rows.
   */
  void addRest(List<Statement> beforeRows) {
    addToEmpty(
        beforeRows.stream().filter(s -> s.kind() != StatementKind.REFRESH).toList(),
        Set.of(Scratch.CONSTRAINT, Scratch.ATTACH, Scratch.FOREIGN_KEY, Scratch.FULL));
  }

  /**
   * Runs the statements that no row depends on, in their order, in the empty database. A statement
   * that fails here would also fail in psql. REFRESH is not run, because it needs the rows.
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

  /** The SQL of the statements that a scratch database runs for these uses. */
  List<DdlStatement> ddl(List<Statement> statements, Set<Scratch> uses) {
    return ddl(statements, unlogged, uses);
  }

  private static List<DdlStatement> ddl(
      List<Statement> statements, boolean unlogged, Set<Scratch> uses) {
    return statements.stream()
        .filter(s -> uses.contains(s.kind().scratch()))
        .filter(s -> s.kind() != StatementKind.EXTENSION) // Each database is created with them.
        .map(s -> ddl(s, sql(s, unlogged)))
        .filter(ddl -> !ddl.sql().isEmpty())
        .toList();
  }

  /** Combines a statement with the SQL that a scratch database runs for it. */
  static DdlStatement ddl(Statement statement, String sql) {
    return DdlStatement.of(statement, sql);
  }

  private static String sql(Statement statement, boolean unlogged) {
    return ScratchDdl.withoutSomeIndexes(SnapshotSchema.whereMissing(statement), unlogged);
  }

  /** Reads the catalog of the empty database. */
  Schema read() {
    try (Connection connection = empty.connect()) {
      return CatalogReader.read(connection, standIns.types());
    } catch (SQLException e) {
      throw closing(e);
    }
  }

  /**
   * Creates the keys and constraints that follow the rows in the empty database, and reads its
   * catalog again.
   */
  Schema readWithKeys(List<Statement> afterRows) {
    List<Statement> early =
        afterRows.stream().filter(LateViews.waiting(afterRows).negate()).toList();
    try (Connection connection = new SessionSettings(empty, settings).connect()) {
      for (Scratch use : List.of(Scratch.CONSTRAINT, Scratch.ATTACH, Scratch.FOREIGN_KEY)) {
        DdlRun.inOrder(connection, ddl(early, Set.of(use)), guard::check, unverified);
      }
      return CatalogReader.read(connection, standIns.types());
    } catch (SQLException e) {
      throw closing(e);
    }
  }

  /** The problems of the policy that are found by a trial of its masks in the empty database. */
  List<Problem> tryMasks(CheckedPolicy policy, Schema catalog) {
    try (Connection connection = new SessionSettings(empty, settings).connect()) {
      return MaskTrial.problems(connection, catalog, policy, BuiltInMasks.standard());
    } catch (SQLException e) {
      throw closing(e);
    }
  }

  /**
   * The statements for the output. If a table has a default or a CHECK that could not be created
   * here, a statement of its own adds it after the table. A restore can then continue without it.
   */
  List<Statement> separated(List<Statement> statements) {
    return statements.stream().flatMap(s -> separated(s).stream()).toList();
  }

  private List<Statement> separated(Statement table) {
    if (table.kind() != StatementKind.TABLE || !unverified.hasPartOf(table)) {
      return List.of(table);
    }
    String sql = new String(table.text(), UTF_8);
    String of = " of " + table.object();
    return TableClauses.of(sql)
        .map(clauses -> clauses.split(clause -> unverified.has(table.line(), clause + of)))
        .map(
            split -> {
              List<Statement> all = new ArrayList<>();
              all.add(with(table, table.kind(), split.table(), table.object(), table.comment()));
              split
                  .added()
                  .forEach(
                      (clause, added) ->
                          all.add(with(table, CONSTRAINT, added, clause + of, NO_COMMENT)));
              return all;
            })
        .orElse(List.of(table));
  }

  private static Statement with(
      Statement table, StatementKind kind, String sql, String object, byte[] comment) {
    return new Statement(
        table.line(), kind, sql.getBytes(UTF_8), object, comment, table.backslashEscapes());
  }

  /**
   * Whether a restore continues if the statement fails: its object could not be created here, or it
   * creates an extension that nothing in the dump needs and that the server lacks.
   */
  boolean isOptional(Statement statement) {
    return unverified.has(statement) || unneeded.contains(statement);
  }

  /** The objects that the databases do not have because creating them failed. */
  Unverified unverified() {
    return unverified;
  }

  /**
   * The database that gets the rows, with the settings of the dump in each session. Statements that
   * a reader of the snapshot will run are run here, so that they have the same search_path.
   */
  Database restoring() {
    return new SessionSettings(rows, settings);
  }

  /** The database that has all objects and no rows, with the settings of the dump. */
  Database empty() {
    return new SessionSettings(empty, settings);
  }

  /** The database that gets the rows, with the server's settings, for SQL of the policy. */
  ScratchDatabase rows() {
    return rows;
  }

  /** The databases, for the processes that load the rows. */
  PreparedRun prepared() {
    return new PreparedRun(empty, rows, standIns.types(), standIns.tables());
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
