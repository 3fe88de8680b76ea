package dev.decant.refresh;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.frame.FrameSource;
import dev.decant.load.LoadRequest;
import dev.decant.load.RowsFrom;
import dev.decant.load.SnapshotLoad;
import dev.decant.load.SnapshotSchema;
import dev.decant.manifest.Manifest;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.Queries;
import dev.decant.postgres.Quoting;
import dev.decant.schema.TableName;
import dev.decant.target.Target;
import dev.decant.verify.Assertions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Prepares the new database until it can replace the old one: it is created, loaded, changed as the
 * targets file says, migrated and checked. Staging is only read.
 */
final class DatabasePreparation {
  private final TargetRun run;
  private final Target target;
  private final Manifest manifest;
  private final FrameSource frames;
  private final SnapshotSchema schema;
  private final String owner;
  private final String database;
  private final List<RefreshResult.Check> checks = new ArrayList<>();
  private Map<TableName, Long> rows = Map.of();
  private Runnable refreshViews = () -> {};

  /**
   * @param owner the owner of the database and of all its objects
   * @param database the name until the swap
   */
  DatabasePreparation(
      TargetRun run,
      Manifest manifest,
      FrameSource frames,
      SnapshotSchema schema,
      String owner,
      String database) {
    this.run = run;
    this.target = run.request.target();
    this.manifest = manifest;
    this.frames = frames;
    this.schema = schema;
    this.owner = owner;
    this.database = database;
  }

  String database() {
    return database;
  }

  /** The number of rows of each table, after {@link #run}. */
  Map<TableName, Long> rows() {
    return rows;
  }

  /** The results of the assertions, after {@link #run}. */
  List<RefreshResult.Check> checks() {
    return List.copyOf(checks);
  }

  /**
   * Prepares the database.
   *
   * @param migrate brings the schema to the version of the application
   */
  void run(RefreshHistory history, NextDatabase next, TargetRun.Work migrate) {
    run.step(
        history, RefreshStep.CREATE, () -> next.create(run.names.nextMark(), schema.encoding()));
    run.step(
        history,
        RefreshStep.LOAD,
        () -> {
          StagingTables own = StagingTables.read(run, schema);
          load(own);
          // The later steps use the settings of the application, for example its search_path.
          warnAbout(next.carryOverSettings());
          label(own);
        });
    run.step(history, RefreshStep.ADJUST, this::adjust);
    run.step(history, RefreshStep.MIGRATE, migrate);
    run.step(history, RefreshStep.CHECK, this::check);
    run.step(history, RefreshStep.CARRY_OVER, () -> warnAbout(next.carryOverGrants()));
  }

  private void load(StagingTables own) {
    Map<TableName, RowsFrom> kept = new LinkedHashMap<>();
    if (run.maintenance.exists(run.server.database())) {
      for (TableName table : target.changes().keepTables()) {
        if (!own.contains(table)) {
          kept.put(table, new KeptTable(table, run.server, run.guard::check));
        }
      }
    }
    LoadRequest request =
        new LoadRequest(
            new LoadRequest.Content(manifest, frames, schema),
            run.server.named(database),
            owner.equals(run.server.user()) ? null : owner,
            new LoadRequest.RowChoice(table -> true, kept),
            run.request.options().jobs(),
            run.request.progress(),
            run.guard::check,
            null);
    rows = new TreeMap<>(SnapshotLoad.run(request).rows());
    try (Connection connection = asOwner()) {
      rows.putAll(own.create(connection));
    } catch (SQLException e) {
      throw closing(e);
    }
    refreshViews = () -> SnapshotLoad.refreshViews(request);
  }

  private void label(StagingTables own) {
    try (Connection connection = asOwner()) {
      own.label(connection);
    } catch (SQLException e) {
      throw closing(e);
    }
  }

  private void adjust() {
    try (Connection connection = asOwner()) {
      SnapshotGuard.checkSchemaVersion(target, connection);
      new StagingAdjustment(target, manifest, connection).run();
    } catch (SQLException e) {
      throw closing(e);
    }
    if (!target.changes().sql().isEmpty() || !target.changes().rekey().isEmpty()) {
      refreshViews.run();
    }
  }

  /** Runs after the migrations, so that it also grants rights on and checks what they create. */
  private void check() {
    try (Connection connection = asOwner()) {
      new StagingAdjustment(target, manifest, connection).privileges();
      List<Assertions.Result> results =
          Assertions.check(connection, target.changes().assertions(), "target");
      StringBuilder failed = new StringBuilder();
      for (Assertions.Result result : results) {
        boolean holds = result instanceof Assertions.Holds;
        checks.add(new RefreshResult.Check(result.name(), holds, result.found()));
        if (result instanceof Assertions.Fails fails) {
          failed.append("\n  ").append(fails.name()).append(": ").append(fails.reason());
        }
      }
      if (!failed.isEmpty()) {
        throw new DecantException(
            ErrorCode.ASSERTION_FAILED,
            "Some assertions of target "
                + target.name()
                + " do not hold. Staging is unchanged. Correct the data or the targets file:"
                + failed);
      }
    } catch (SQLException e) {
      throw closing(e);
    }
  }

  private void warnAbout(List<String> notCarriedOver) {
    for (String refused : notCarriedOver) {
      run.warnings.add(
          "The role " + run.server.user() + " may not copy " + refused + " to the new database.");
    }
  }

  private Connection asOwner() {
    Connection connection = run.server.connect(database);
    if (!owner.equals(run.server.user())) {
      Queries.execute(
          connection,
          "SET ROLE " + Quoting.identifier(owner),
          "becoming the owner of the database");
    }
    return connection;
  }

  private static DecantException closing(SQLException e) {
    return DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "closing a connection");
  }
}
