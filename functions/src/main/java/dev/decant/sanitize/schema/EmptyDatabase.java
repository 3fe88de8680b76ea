package dev.decant.sanitize.schema;

import dev.decant.dump.DumpPart.CopyStart;
import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.LateViews;
import dev.decant.dump.StatementKind;
import dev.decant.dump.StatementKind.Scratch;
import dev.decant.load.DdlRun;
import dev.decant.load.DdlStatement;
import dev.decant.load.ScratchExtensions;
import dev.decant.load.SessionSettings;
import dev.decant.load.StandIns;
import dev.decant.load.Unverified;
import dev.decant.mask.builtin.BuiltInMasks;
import dev.decant.policy.CheckedPolicy;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.run.RunGuard;
import dev.decant.schema.CatalogReader;
import dev.decant.schema.Schema;
import dev.decant.schema.TableName;
import dev.decant.scratch.ScratchDatabase;
import dev.decant.verify.MaskTrial;
import dev.decant.yaml.Problem;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The scratch database that stays empty and gets all DDL, so that its catalog describes the tables,
 * types and keys of the dump.
 */
public final class EmptyDatabase {
  private final ScratchDatabase database;
  private final ScratchStatements scratch;
  private final String settings;
  private final RunGuard guard;
  private final StandIns standIns;
  private final Unverified unverified;

  /**
   * @param database has the extensions of the dump, and nothing else
   * @param settings those of the dump, for each session
   * @param unverified gets the objects that cannot be created
   */
  EmptyDatabase(
      ScratchDatabase database,
      ScratchStatements scratch,
      String settings,
      RunGuard guard,
      StandIns standIns,
      Unverified unverified) {
    this.database = database;
    this.scratch = scratch;
    this.settings = settings;
    this.guard = guard;
    this.standIns = standIns;
    this.unverified = unverified;
  }

  /**
   * Runs the statements that precede the rows.
   *
   * @param heads the rows of tables that the dump does not create
   * @param truncated whether the rows of a table are left out
   * @return the statements that create extensions which nothing else in the dump needs
   */
  Set<Statement> define(
      List<Statement> beforeRows,
      List<CopyStart> heads,
      ScratchExtensions extensions,
      Predicate<TableName> truncated) {
    List<DdlStatement> ddl = scratch.ddl(beforeRows, Set.of(Scratch.SCHEMA));
    try (Connection connection = database.connect()) {
      DdlRun.inOrder(connection, ddl, guard::check, unverified);
      for (CopyStart head : heads) {
        if (extensions.mayOwn(head.table())) {
          unverified.createTable(connection, head);
        }
      }
      return extensions.unneeded(connection, standIns, truncated);
    } catch (SQLException e) {
      throw DatabaseErrors.closing(e);
    }
  }

  /**
   * Creates the constraints, and the objects that no row depends on. The database of the rows gets
   * them after its rows.
   */
  public void addRest(List<Statement> beforeRows) {
    add(
        beforeRows.stream().filter(s -> s.kind() != StatementKind.REFRESH).toList(),
        Set.of(Scratch.CONSTRAINT, Scratch.ATTACH, Scratch.FOREIGN_KEY, Scratch.FULL));
  }

  /**
   * Runs the statements that no row depends on, in their order. A statement that fails here would
   * also fail in psql. REFRESH is not run, because it needs the rows.
   */
  public void tryRest(List<Statement> statements) {
    Predicate<Statement> late = LateViews.waiting(statements);
    add(
        statements.stream()
            .filter(s -> s.kind() != StatementKind.REFRESH)
            .filter(s -> s.kind().scratch() != Scratch.CONSTRAINT || late.test(s))
            .toList(),
        Set.of(Scratch.SCHEMA, Scratch.CONSTRAINT, Scratch.FULL, Scratch.ATTACH));
  }

  /** Runs the statements that a scratch database runs for these uses. */
  void add(List<Statement> statements, Set<Scratch> uses) {
    List<DdlStatement> ddl = scratch.ddl(statements, uses);
    try (Connection connection = connect()) {
      DdlRun.inOrder(connection, ddl, guard::check, unverified);
    } catch (SQLException e) {
      throw DatabaseErrors.closing(e);
    }
  }

  /** Reads the catalog. */
  public Schema read() {
    try (Connection connection = database.connect()) {
      return CatalogReader.read(connection, standIns.types());
    } catch (SQLException e) {
      throw DatabaseErrors.closing(e);
    }
  }

  /** Creates the keys and constraints that follow the rows, and reads the catalog again. */
  public Schema readWithKeys(List<Statement> afterRows) {
    List<Statement> early =
        afterRows.stream().filter(LateViews.waiting(afterRows).negate()).toList();
    try (Connection connection = connect()) {
      for (Scratch use : List.of(Scratch.CONSTRAINT, Scratch.ATTACH, Scratch.FOREIGN_KEY)) {
        DdlRun.inOrder(connection, scratch.ddl(early, Set.of(use)), guard::check, unverified);
      }
      return CatalogReader.read(connection, standIns.types());
    } catch (SQLException e) {
      throw DatabaseErrors.closing(e);
    }
  }

  /** The problems of the policy that are found by a trial of its masks. */
  public List<Problem> tryMasks(CheckedPolicy policy, Schema catalog) {
    try (Connection connection = connect()) {
      return MaskTrial.problems(connection, catalog, policy, BuiltInMasks.standard());
    } catch (SQLException e) {
      throw DatabaseErrors.closing(e);
    }
  }

  /** Opens a session with the settings of the dump. The caller closes it. */
  public Connection connect() {
    return new SessionSettings(database, settings).connect();
  }

  /** The database, with the settings of the server. */
  public ScratchDatabase database() {
    return database;
  }
}
