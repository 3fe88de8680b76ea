package dev.decant.load;

import dev.decant.copy.Bytes;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.frame.Frame;
import dev.decant.frame.FrameReader;
import dev.decant.postgres.Connections;
import dev.decant.postgres.Database;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.run.Prefetch;
import dev.decant.run.TaskGroup;
import dev.decant.schema.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads frames of rows into their tables over several connections.
 *
 * <p>A table is loaded in one of two ways. <b>Alone</b>: one connection truncates the table and
 * copies with FREEZE in the same transaction. Its pages are then visible to all transactions and
 * frozen from the beginning, so they are not written a second time. <b>Shared</b>: all connections
 * copy frames of the table, each in a transaction of its own. This is used for a table that has
 * more than half of the rows that one connection should load, because the other connections would
 * have to wait for it at the end. Tables that are loaded alone come first, the largest one first.
 * The shared frames follow.
 *
 * <p>If a table needs several COPY statements and gets numbers of a sequence, one connection loads
 * its frames in their order ({@link NumberedColumns}).
 *
 * <p>Each connection fetches a few frames ahead.
 */
final class RowLoad {
  private static final Logger LOG = LoggerFactory.getLogger(RowLoad.class);

  /** The number of compressed frames, of about 2.5 MB each, that a connection fetches ahead. */
  private static final int AHEAD = 3;

  private record Table(TableName name, List<Frame> frames, long bytes) {}

  private final LoadRequest request;
  private final Database sessions;
  private final Queue<Table> alone = new ConcurrentLinkedQueue<>();
  private final Queue<Table> inOrder = new ConcurrentLinkedQueue<>();
  private final Queue<Frame> shared = new ConcurrentLinkedQueue<>();
  private final Map<Frame, String> copies = new HashMap<>();
  private final Map<TableName, LongAdder> rows = new ConcurrentHashMap<>();

  private RowLoad(LoadRequest request, Database sessions) {
    this.request = request;
    this.sessions = sessions;
  }

  /**
   * Loads all rows that the request selects. Returns the number of rows by table.
   *
   * @param plain the tables for which FREEZE can be used
   */
  static Map<TableName, Long> run(LoadRequest request, Database sessions, Set<TableName> plain) {
    RowLoad load = new RowLoad(request, sessions);
    Set<TableName> elsewhere =
        PlainTables.withPartitions(sessions, request.rows().fromElsewhere().keySet());
    List<Table> tables = load.plan(plain, elsewhere);
    long bytes = tables.stream().mapToLong(Table::bytes).sum();
    request.progress().stage("rows", bytes, "B");
    load.inParallel();
    load.rowsFromElsewhere();
    request.progress().done();
    Map<TableName, Long> counts = new LinkedHashMap<>();
    load.rows.forEach((table, count) -> counts.put(table, count.sum()));
    counts.forEach(
        (table, count) ->
            LOG.atInfo()
                .addKeyValue("event", "table")
                .addKeyValue("table", table.toString())
                .addKeyValue("rows", count)
                .log("table {}: {} rows loaded", table, count));
    return counts;
  }

  private void inParallel() {
    try (TaskGroup group = new TaskGroup("decant-copy", request.guard())) {
      for (int i = 0; i < request.jobs(); i++) {
        group.start(() -> work(group));
      }
      group.join();
    }
  }

  private List<Table> plan(Set<TableName> plain, Set<TableName> elsewhere) {
    Map<TableName, List<Frame>> frames = new LinkedHashMap<>();
    for (Frame frame : request.content().manifest().frames()) {
      TableName table = frame.table();
      if (table != null && request.rows().wanted().test(table) && !elsewhere.contains(table)) {
        rows.computeIfAbsent(table, t -> new LongAdder());
        if (frame.kind() == Frame.Kind.ROWS) {
          frames.computeIfAbsent(table, t -> new ArrayList<>()).add(frame);
        }
      }
    }
    copies.putAll(
        CopyStatements.of(
            request.content().manifest(), request.content().frames(), frames::containsKey));
    List<Table> tables =
        frames.entrySet().stream()
            .map(e -> table(e.getKey(), e.getValue()))
            .sorted(Comparator.comparingLong(Table::bytes).reversed())
            .toList();
    NumberedColumns numbered = NumberedColumns.of(sessions);
    long fair = tables.stream().mapToLong(Table::bytes).sum() / request.jobs();
    for (Table table : tables) {
      boolean large = request.jobs() > 1 && table.bytes > fair / 2 && table.frames.size() > 1;
      boolean ordered = table.frames.stream().anyMatch(f -> numbered.leftOut(table.name, copy(f)));
      boolean together = plain.contains(table.name) && inOneCopy(table);
      if (ordered && !together) {
        inOrder.add(table);
      } else if (!together || (large && !ordered)) {
        shared.addAll(table.frames);
      } else {
        alone.add(table);
      }
    }
    return tables;
  }

  private static Table table(TableName name, List<Frame> frames) {
    return new Table(name, frames, frames.stream().mapToLong(Frame::textLength).sum());
  }

  private boolean inOneCopy(Table table) {
    return table.frames.stream().map(this::copy).distinct().count() == 1;
  }

  private String copy(Frame frame) {
    return Objects.requireNonNull(copies.get(frame));
  }

  private void work(TaskGroup group) {
    try (Connection connection = sessions.connect();
        FrameReader reader = new FrameReader(request.content().frames())) {
      group.onFailure(() -> Connections.abort(connection));
      for (Table table = alone.poll(); table != null; table = alone.poll()) {
        copyAlone(group, connection, reader, table);
      }
      for (Table table = inOrder.poll(); table != null; table = inOrder.poll()) {
        Queue<Frame> frames = new ArrayDeque<>(table.frames);
        copyEach(group, connection, reader, frames::poll);
      }
      copyEach(group, connection, reader, shared::poll);
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "loading rows");
    }
  }

  private void copyAlone(TaskGroup group, Connection connection, FrameReader reader, Table table)
      throws SQLException {
    String doing = "loading table " + table.name;
    Deque<Frame> frames = new ArrayDeque<>(table.frames);
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("TRUNCATE ONLY " + table.name.sql());
      try (CopyInto into = CopyInto.frozen(connection, copy(table.frames.getFirst()), doing)) {
        each(
            group,
            frames::poll,
            reader,
            (frame, text) -> into.write(text.array(), 0, text.length()));
        require(table.name, into.commit(), table.frames.stream().mapToLong(Frame::rows).sum());
      }
      connection.commit();
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, doing);
    }
    connection.setAutoCommit(true);
  }

  private void copyEach(
      TaskGroup group,
      Connection connection,
      FrameReader reader,
      Supplier<@Nullable Frame> frames) {
    each(
        group,
        frames,
        reader,
        (frame, text) -> {
          TableName table = Objects.requireNonNull(frame.table());
          try (CopyInto into = new CopyInto(connection, copy(frame), "loading table " + table)) {
            into.write(text.array(), 0, text.length());
            require(table, into.commit(), frame.rows());
          }
        });
  }

  /** Consumes the text of one frame, which is valid only during the call. */
  private interface FrameText {
    void accept(Frame frame, Bytes text);
  }

  private void each(
      TaskGroup group, Supplier<@Nullable Frame> frames, FrameReader reader, FrameText use) {
    try (Prefetch<Frame, byte[]> fetched =
        new Prefetch<>(AHEAD, frames, request.content().frames()::read, group::check)) {
      for (var next = fetched.next(); next != null; next = fetched.next()) {
        Frame frame = next.key();
        use.accept(frame, reader.text(frame, next.value()));
        request.progress().advance(frame.textLength(), frame.rows(), String.valueOf(frame.table()));
      }
    }
  }

  private void require(TableName table, long copied, long stated) {
    if (copied != stated) {
      throw new DecantException(
          ErrorCode.SNAPSHOT_DAMAGED,
          "Table "
              + table
              + " of "
              + request.content().frames().location()
              + ": "
              + copied
              + " rows were loaded, but the manifest states "
              + stated
              + " rows. The snapshot is damaged. Use another snapshot.");
    }
    rows.computeIfAbsent(table, t -> new LongAdder()).add(copied);
  }

  private void rowsFromElsewhere() {
    for (Map.Entry<TableName, RowsFrom> entry : request.rows().fromElsewhere().entrySet()) {
      request.guard().run();
      try (Connection connection = sessions.connect()) {
        long copied = entry.getValue().copy(connection);
        rows.computeIfAbsent(entry.getKey(), t -> new LongAdder()).add(copied);
      } catch (SQLException e) {
        throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "copying table " + entry.getKey());
      }
    }
  }
}
