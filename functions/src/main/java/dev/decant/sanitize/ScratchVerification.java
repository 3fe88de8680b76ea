package dev.decant.sanitize;

import dev.decant.dump.DumpHeader;
import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.LateViews;
import dev.decant.dump.StatementKind;
import dev.decant.dump.StatementKind.Scratch;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.frame.FrameList;
import dev.decant.load.DdlRun;
import dev.decant.load.DdlStatement;
import dev.decant.load.ForeignKeys;
import dev.decant.load.LaggingSequences;
import dev.decant.load.Violation;
import dev.decant.manifest.Manifest;
import dev.decant.mask.ColumnRule;
import dev.decant.mask.TableRule;
import dev.decant.policy.CheckedPolicy;
import dev.decant.policy.Policy;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.progress.Progress;
import dev.decant.progress.StageTimings;
import dev.decant.reidentify.Reidentification;
import dev.decant.run.RunGuard;
import dev.decant.sanitize.output.SkeletonFrames;
import dev.decant.sanitize.row.CopyBlock;
import dev.decant.sanitize.row.PartitionRouting;
import dev.decant.sanitize.schema.ScratchSchema;
import dev.decant.sanitize.violation.ViolatedConstraints;
import dev.decant.sanitize.violation.ViolationCause;
import dev.decant.schema.Schema;
import dev.decant.schema.Table;
import dev.decant.schema.TableName;
import dev.decant.verify.Assertions;
import dev.decant.verify.SearchVectors;
import dev.decant.verify.SqlSteps;
import dev.decant.verify.TriggerTrial;
import dev.decant.verify.WrittenRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The verification in the scratch database after the rows were loaded: it runs the sql steps,
 * builds the constraints, reads changed tables back, evaluates the assertions, and fires triggers.
 */
final class ScratchVerification {
  /**
   * The results of the verification.
   *
   * @param reidentification the counts of quasi-identifiers; null if the policy names none
   * @param failed the statements that failed over the masked rows and are left out of the snapshot,
   *     because no row depends on them
   * @param changedRows the new number of rows of the tables that sql steps changed, by the table of
   *     their COPY block
   */
  record Outcome(
      List<SqlSteps.StepResult> steps,
      List<Assertions.Result> assertions,
      Map<TableName, Long> changedRows,
      Manifest.@Nullable Reidentification reidentification,
      Set<Statement> failed) {}

  private static final SqlSteps.Span NO_STEPS = new SqlSteps.Span(0, 0);

  private final SanitizeRequest request;
  private final ScratchSchema schema;
  private final Schema catalog;
  private final CheckedPolicy policy;
  private final SkeletonFrames skeleton;
  private final FrameList frames;
  private final RunGuard guard;
  private final StageTimings timings;
  private final Progress progress;
  private final Set<TableName> changedSequences = new TreeSet<>();
  private final DumpHeader header;
  private Map<TableName, CopyBlock> copied = Map.of();
  private SqlSteps.Span span = NO_STEPS;

  ScratchVerification(
      SanitizeRequest request,
      ScratchSchema schema,
      Schema catalog,
      CheckedPolicy policy,
      SkeletonFrames skeleton,
      FrameList frames,
      RunGuard guard,
      StageTimings timings,
      DumpHeader header) {
    this.request = request;
    this.schema = schema;
    this.catalog = catalog;
    this.policy = policy;
    this.skeleton = skeleton;
    this.frames = frames;
    this.guard = guard;
    this.timings = timings;
    this.header = header;
    this.progress = request.execution().progress();
  }

  /**
   * Runs the verification.
   *
   * @param changing is called after the sql steps with the tables whose frames will probably be
   *     replaced
   */
  Outcome run(
      List<Statement> afterRows,
      Map<TableName, CopyBlock> blocks,
      Consumer<Set<TableName>> changing) {
    copied = blocks;
    try (Connection connection = schema.restoring().connect()) {
      CrashCheck.requireRows(connection, loaded());
      List<Statement> sequences = kind(afterRows, StatementKind.SEQUENCE_VALUE, true);
      inOrder(connection, ddl(sequences, Scratch.SCHEMA));
      changedSequences.addAll(LaggingSequences.advance(connection, this::isMasked));
      Steps steps = timings.time("verify: sql steps", () -> sqlSteps(connection, blocks));
      changedSequences.addAll(steps.outcome.sequences());
      span = steps.outcome.span();
      changing.accept(steps.changing());
      Predicate<Statement> late = LateViews.waiting(afterRows);
      List<Statement> early = afterRows.stream().filter(late.negate()).toList();
      timings.run("verify: constraints", () -> constraints(early));
      inOrder(connection, others(afterRows, late));
      timings.run(
          "verify: objects without rows",
          () -> schema.empty().tryRest(afterRows.stream().filter(skeleton::isPublished).toList()));
      IndexTrial indexes =
          new IndexTrial(schema, early.stream().filter(skeleton::isPublished).toList());
      Set<Statement> failed =
          new LinkedHashSet<>(timings.time("verify: indexes", () -> indexes(indexes, connection)));
      Map<TableName, Long> changed = timings.time("verify: read back", steps::readBack);
      if (request.checks().full()) {
        timings.run(
            "verify: indexes and the rest",
            () -> {
              List<Statement> rest =
                  kind(afterRows, StatementKind.REFRESH, false).stream()
                      .filter(s -> !indexes.built().contains(s) && !schema.unverified().has(s))
                      .toList();
              inOrder(connection, ddl(rest, Scratch.FULL));
              inOrder(connection, ddl(afterRows, Scratch.ATTACH));
            });
      }
      failed.addAll(
          timings.time("verify: materialized views", () -> refresh(connection, afterRows)));
      List<Assertions.Result> assertions = timings.time("verify: assertions", this::assertions);
      Manifest.@Nullable Reidentification counted = reidentification();
      CrashCheck.requireSession(connection);
      return new Outcome(steps.outcome.steps(), assertions, changed, counted, failed);
    } catch (SQLException e) {
      throw closing(e);
    }
  }

  /** The tables that got rows. Those of a partition may be in another one. */
  private Set<TableName> loaded() {
    Map<TableName, Long> rows = frames.rows();
    return copied.entrySet().stream()
        .filter(block -> rows.getOrDefault(block.getKey(), 0L) > 0)
        .map(block -> block.getValue().target())
        .collect(Collectors.toSet());
  }

  /**
   * Fills the materialized views, as a reader of the snapshot does. Returns the statements that
   * fail over the masked rows. They are left out of the snapshot, so their views exist but are not
   * populated.
   */
  private Set<Statement> refresh(Connection connection, List<Statement> afterRows) {
    Set<Statement> failed = new LinkedHashSet<>();
    for (Statement statement : kind(afterRows, StatementKind.REFRESH, true)) {
      DdlStatement ddl = ddl(List.of(statement), Scratch.FULL).getFirst();
      if (!DdlRun.tryOne(connection, ddl, guard::check, schema.unverified())) {
        failed.add(statement);
      }
    }
    return failed;
  }

  private static List<Statement> kind(
      List<Statement> statements, StatementKind kind, boolean wanted) {
    return statements.stream().filter(s -> (s.kind() == kind) == wanted).toList();
  }

  /** Views and similar objects, and the indexes that must be created after them. */
  private List<DdlStatement> others(List<Statement> afterRows, Predicate<Statement> late) {
    List<Statement> others =
        kind(afterRows, StatementKind.SEQUENCE_VALUE, false).stream()
            .filter(s -> s.kind().scratch() == Scratch.SCHEMA || late.test(s))
            .toList();
    return schema.ddl(others, Set.of(Scratch.SCHEMA, Scratch.CONSTRAINT));
  }

  private List<DdlStatement> overRows(List<DdlStatement> ddl) {
    return ddl.stream().map(schema.unverified()::overRows).toList();
  }

  private List<DdlStatement> ddl(List<Statement> statements, Scratch use) {
    return schema.ddl(statements, Set.of(use));
  }

  private void inOrder(Connection connection, List<DdlStatement> ddl) {
    DdlRun.inOrder(connection, ddl, guard::check, schema.unverified());
  }

  /** The results of the sql steps and the tables that they may have changed; null without steps. */
  private record Steps(SqlSteps.Outcome outcome, @Nullable ChangedTables tables) {
    Set<TableName> changing() {
      return tables == null ? Set.of() : tables.changing(outcome.written());
    }

    Map<TableName, Long> readBack() {
      return tables == null ? Map.of() : tables.replace(outcome.span());
    }
  }

  private Steps sqlSteps(Connection connection, Map<TableName, CopyBlock> blocks) {
    List<Policy.SqlStep> steps = new ArrayList<>(SearchVectors.steps(catalog, policy));
    steps.addAll(request.policy().afterLoad().sql());
    PartitionRouting routing = new PartitionRouting(catalog, policy.rules());
    if (steps.isEmpty() && blocks.keySet().stream().noneMatch(routing::isRouted)) {
      return new Steps(new SqlSteps.Outcome(List.of(), NO_STEPS, Set.of(), Set.of()), null);
    }
    ChangedTables tables =
        new ChangedTables(connection, catalog, blocks, skeleton, frames, guard, routing);
    try (Connection fresh = schema.rows().connect()) {
      return new Steps(SqlSteps.run(fresh, steps), tables);
    } catch (SQLException e) {
      throw closing(e);
    }
  }

  private void constraints(List<Statement> afterRows) {
    List<DdlStatement> keys =
        overRows(ddl(kind(afterRows, StatementKind.INDEX_EXPRESSION, false), Scratch.CONSTRAINT));
    ForeignKeys foreignKeys =
        ForeignKeys.of(
            afterRows,
            name -> catalog.table(name).filter(t -> !t.partitioned()).isPresent(),
            key -> overRows(ddl(List.of(key), Scratch.FOREIGN_KEY)).getFirst());
    progress.stage("constraints", keys.size() + foreignKeys.then().size(), "");
    List<Violation> violations = new ArrayList<>(parallel(keys));
    if (violations.isEmpty()) {
      try (Connection connection = schema.restoring().connect()) {
        inOrder(connection, ddl(afterRows, Scratch.ATTACH));
        inOrder(connection, foreignKeys.first());
      } catch (SQLException e) {
        throw closing(e);
      }
      violations.addAll(parallel(foreignKeys.then()));
    }
    progress.done();
    if (!violations.isEmpty()) {
      throw violated(violations);
    }
  }

  private Set<Statement> indexes(IndexTrial indexes, Connection connection) {
    try (Connection empty = schema.empty().connect()) {
      return indexes.run(empty, connection, this::isMasked, this::parallelWithoutViolations);
    } catch (SQLException e) {
      throw closing(e);
    }
  }

  private void parallelWithoutViolations(List<DdlStatement> ddl) {
    progress.stage("indexes", ddl.size(), "");
    List<Violation> violations = parallel(ddl);
    progress.done();
    if (!violations.isEmpty()) {
      throw violated(violations);
    }
  }

  private List<Violation> parallel(List<DdlStatement> ddl) {
    return DdlRun.inParallel(
        schema.restoring(),
        ddl,
        request.execution().jobs(),
        progress,
        guard::check,
        schema.unverified());
  }

  private DecantException violated(List<Violation> violations) {
    try (Connection connection = schema.rows().connect()) {
      ViolationCause causes = new ViolationCause(catalog, policy, writtenBySteps(connection));
      return new ViolatedConstraints(catalog, copied.keySet(), causes, header)
          .error(connection, violations);
    } catch (SQLException e) {
      throw closing(e);
    }
  }

  /** The tables to which the sql steps wrote, or from which they deleted, and what these are of. */
  private Set<TableName> writtenBySteps(Connection connection) {
    Set<TableName> written = new HashSet<>();
    if (!span.equals(NO_STEPS)) {
      WrittenRows.read(connection, span, table -> true)
          .forEach(
              (table, rows) -> {
                CopyBlock block = copied.get(table);
                long loaded = block == null ? 0 : block.rowsOut();
                if (rows.bySteps() || rows.all() != loaded) {
                  addWithParents(table, written);
                }
              });
    }
    return written;
  }

  private void addWithParents(TableName table, Set<TableName> written) {
    if (written.add(table)) {
      catalog
          .table(table)
          .map(Table::partitionOf)
          .ifPresent(parent -> addWithParents(parent, written));
    }
  }

  private Manifest.@Nullable Reidentification reidentification() {
    Policy.Reidentification wanted = request.policy().afterLoad().reidentification();
    if (wanted.tables().isEmpty()) {
      return null;
    }
    long start = System.nanoTime();
    try (Connection connection = schema.rows().connect()) {
      Manifest.Reidentification counted = Reidentification.count(connection, wanted, catalog);
      if (counted != null) {
        counted
            .notCounted()
            .forEach(
                table ->
                    progress.message(
                        "warning: The quasi-identifiers of "
                            + table
                            + " were not counted, because it took too long or needed too much disk."
                            + " The report says so."));
      }
      if (counted != null) {
        Reidentification.require(counted);
      }
      return counted;
    } catch (SQLException e) {
      throw closing(e);
    } finally {
      timings.add("verify: quasi-identifiers", System.nanoTime() - start);
    }
  }

  /** Evaluates the assertions with the settings of the server, like the sql steps of the policy. */
  private List<Assertions.Result> assertions() {
    List<Assertions.Result> results;
    try (Connection connection = schema.rows().connect()) {
      results = Assertions.check(connection, request.policy().afterLoad().assertions(), "policy");
    } catch (SQLException e) {
      throw closing(e);
    }
    StringBuilder message =
        new StringBuilder("Assertions of the policy failed, so nothing is published:");
    int length = message.length();
    for (Assertions.Result result : results) {
      if (result instanceof Assertions.Fails fails) {
        message.append("\n  ").append(fails.name()).append(": ").append(fails.reason());
      }
    }
    if (message.length() > length) {
      message.append("\nCorrect the masks, the sql steps or the assertions in the policy.");
      throw new DecantException(ErrorCode.ASSERTION_FAILED, message.toString());
    }
    return results;
  }

  private boolean isMasked(TableName table, String column) {
    TableRule rule = policy.rules().get(table);
    ColumnRule columnRule = rule == null ? null : rule.columns().get(column);
    return columnRule != null && !columnRule.keeps();
  }

  /** Returns the statements with the new values of the sequences that were changed. */
  List<Statement> withSequences(List<Statement> statements) {
    if (changedSequences.isEmpty()) {
      return statements;
    }
    try (Connection connection = schema.rows().connect()) {
      return SequenceValues.refreshed(connection, statements, changedSequences);
    } catch (SQLException e) {
      throw closing(e);
    }
  }

  /**
   * Fires the enabled triggers. Nothing may be read from the database after that, because triggers
   * can change the values of sequences.
   */
  void fireTriggers() {
    try (Connection empty = schema.empty().connect()) {
      TriggerTrial.run(empty, schema.rows(), guard::check).forEach(schema.unverified()::addTrigger);
    } catch (SQLException e) {
      throw closing(e);
    }
  }

  private static DecantException closing(SQLException e) {
    return DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "closing a connection");
  }
}
