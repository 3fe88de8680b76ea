package dev.decant.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.LateViews;
import dev.decant.dump.ObjectTitle;
import dev.decant.dump.ScratchDdl;
import dev.decant.dump.StatementKind;
import dev.decant.dump.StatementKind.Scratch;
import dev.decant.dump.StatementTables;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.frame.Frame;
import dev.decant.postgres.Database;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.schema.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Loads a snapshot into a new, empty database. The steps are the schema in its order, the rows over
 * several connections, the indexes and constraints in parallel with those of the largest tables
 * first, the foreign keys and the planner's statistics, and at last all other statements in the
 * snapshot's order. The last step includes indexes of views that need the keys.
 *
 * <p>The database belongs to the caller. If a load fails, the database stays incomplete.
 */
public final class SnapshotLoad {
  /**
   * The statements that fill materialized views. They run last, when the planner has statistics.
   */
  private static final Predicate<Statement> REFRESH = s -> s.kind() == StatementKind.REFRESH;

  private final LoadRequest request;
  private final SnapshotSchema schema;
  private final Database sessions;
  private final Map<TableName, Long> bytes = new HashMap<>();
  private final Map<String, Long> millis = new LinkedHashMap<>();
  private final Predicate<Statement> late;
  private final Unverified unverified;

  private SnapshotLoad(LoadRequest request) {
    this.request = request;
    this.unverified = Objects.requireNonNullElseGet(request.unverified(), Unverified::new);
    this.schema =
        ColumnCompression.supported(
            request.content().schema(), request.database(), request.progress());
    this.late = LateViews.waiting(schema.after());
    this.sessions =
        LoadSessions.of(
            request.database(),
            request.unverified() == null
                ? schema.session()
                : SessionSettings.onHeap(schema.session()),
            request.role(),
            request.jobs());
    for (Frame frame : request.content().manifest().frames()) {
      if (frame.kind() == Frame.Kind.ROWS && frame.table() != null) {
        bytes.merge(frame.table(), frame.textLength(), Long::sum);
      }
    }
  }

  /**
   * Loads the snapshot.
   *
   * @throws DecantException of kind DATABASE if a statement fails, {@link
   *     ErrorCode#CONSTRAINT_VIOLATED} if the rows violate a constraint, {@link
   *     ErrorCode#SNAPSHOT_DAMAGED} if a frame differs from the manifest
   */
  public static LoadResult run(LoadRequest request) {
    SnapshotLoad load = new SnapshotLoad(request);
    load.timed("schema", load::schema);
    Set<TableName> plain = PlainTables.of(load.sessions);
    Map<TableName, Long> rows = new TreeMap<>();
    load.timed("rows", () -> rows.putAll(RowLoad.run(request, load.sessions, plain)));
    load.timed("indexes", load::indexes);
    load.timed("keys, analyze", () -> load.keysAndStatistics(plain, rows.keySet()));
    load.timed("others", () -> load.inOrder(load.others(REFRESH.negate())));
    load.timed("views", () -> load.inOrder(load.others(REFRESH)));
    load.unverified
        .items()
        .forEach(item -> request.progress().message("Not created: " + item + '.'));
    long loaded = rows.keySet().stream().mapToLong(t -> load.bytes.getOrDefault(t, 0L)).sum();
    return new LoadResult(new TreeMap<>(rows), loaded, load.millis);
  }

  /** Fills the materialized views again, after loaded rows were changed. */
  public static void refreshViews(LoadRequest request) {
    SnapshotLoad load = new SnapshotLoad(request);
    load.inOrder(load.others(REFRESH));
  }

  private void timed(String stage, Runnable work) {
    request.guard().run();
    long begin = System.nanoTime();
    work.run();
    millis.put(stage, (System.nanoTime() - begin) / 1_000_000);
  }

  private void schema() {
    request.progress().stage("schema", schema.before().size(), "");
    inOrder(schema.before());
    if (schema.largeObjects()) {
      LargeObjects.load(request, sessions);
    }
    request.progress().done();
  }

  private void inOrder(List<Statement> statements) {
    run(statements.stream().map(this::ddl).filter(ddl -> !ddl.sql().isEmpty()).toList());
  }

  private void run(List<DdlStatement> statements) {
    if (statements.isEmpty()) {
      return;
    }
    try (Connection connection = sessions.connect()) {
      DdlRun.inOrder(connection, statements, request.guard(), unverified);
    } catch (SQLException e) {
      throw DatabaseErrors.closing(e);
    }
  }

  private DdlStatement ddl(Statement statement) {
    String sql = statement.withSearchPath(new String(statement.text(), UTF_8));
    if (statement.kind() == StatementKind.EXTENSION && request.role() != null) {
      sql = "RESET ROLE; " + sql + LoadSessions.asRole(request.role());
    }
    Set<TableName> tables = StatementTables.of(statement);
    boolean index =
        switch (statement.kind()) {
          case INDEX, INDEX_UNIQUE, INDEX_EXPRESSION -> true;
          default -> false;
        };
    boolean tolerant = request.unverified() != null;
    return new DdlStatement(
        0,
        statement.object(),
        ObjectTitle.of(statement),
        tolerant ? ScratchDdl.onHeap(statement).orElse(sql) : sql,
        index ? Set.of() : tables,
        index ? tables : Set.of(),
        statement.optional() || (tolerant && statement.kind().withoutRows()));
  }

  private boolean isIndex(Statement statement) {
    return (statement.kind() == StatementKind.INDEX
            || statement.kind().scratch() == Scratch.CONSTRAINT)
        && !late.test(statement);
  }

  /** Statements that attach indexes to each other, and statistics that ANALYZE fills. */
  private boolean isBetween(Statement statement) {
    return statement.kind().scratch() == Scratch.ATTACH
        || (statement.kind() == StatementKind.STATISTICS && !late.test(statement));
  }

  private void indexes() {
    List<Statement> indexes = schema.after().stream().filter(this::isIndex).toList();
    parallel("indexes", byCost(indexes.stream().map(this::ddl).toList()).toList());
    inOrder(schema.after().stream().filter(this::isBetween).toList());
  }

  /**
   * Adds the foreign keys, and then validates them and runs ANALYZE in parallel. The validation
   * locks only the table of the key. The ANALYZE statements come last because they are short.
   */
  private void keysAndStatistics(Set<TableName> plain, Set<TableName> loaded) {
    ForeignKeys keys = ForeignKeys.of(schema.after(), plain::contains, this::ddl);
    run(keys.first());
    List<DdlStatement> analyze =
        loaded.stream()
            .map(t -> new DdlStatement(0, t.toString(), "ANALYZE " + t.sql(), Set.of(t), Set.of()))
            .toList();
    parallel("keys, analyze", Stream.of(keys.then(), analyze).flatMap(this::byCost).toList());
  }

  /**
   * The statements on the largest tables come first, so that no long statement runs alone at the
   * end.
   */
  private Stream<DdlStatement> byCost(List<DdlStatement> statements) {
    return statements.stream().sorted(Comparator.comparingLong(this::cost).reversed());
  }

  private long cost(DdlStatement ddl) {
    return ddl.alone().stream().mapToLong(t -> bytes.getOrDefault(t, 0L)).sum()
        + ddl.shared().stream().mapToLong(t -> bytes.getOrDefault(t, 0L)).sum();
  }

  private void parallel(String stage, List<DdlStatement> ddl) {
    request.progress().stage(stage, ddl.size(), "");
    List<Violation> violations =
        DdlRun.inParallel(
            sessions, ddl, request.jobs(), request.progress(), request.guard(), unverified);
    request.progress().done();
    if (!violations.isEmpty()) {
      throw new DecantException(
          ErrorCode.CONSTRAINT_VIOLATED,
          violations.stream()
              .map(SnapshotLoad::describe)
              .collect(Collectors.joining("\n  ", "The rows violate these constraints:\n  ", "")));
    }
  }

  private static String describe(Violation violation) {
    return "table "
        + violation.table().map(TableName::toString).orElse("unknown")
        + ", constraint "
        + TableName.quoted(violation.constraint().orElse(violation.statement().object()));
  }

  /** The statements that are neither indexes nor keys, and the indexes of views that come late. */
  private List<Statement> others(Predicate<Statement> wanted) {
    return schema.after().stream()
        .filter(s -> !isIndex(s))
        .filter(s -> !isBetween(s))
        .filter(s -> s.kind() != StatementKind.FOREIGN_KEY)
        .filter(wanted)
        .toList();
  }
}
