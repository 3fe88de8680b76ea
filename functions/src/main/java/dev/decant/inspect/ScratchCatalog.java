package dev.decant.inspect;

import dev.decant.dump.CreatedTable;
import dev.decant.dump.DumpPart.CopyStart;
import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.InlineForeignKeys;
import dev.decant.dump.MissingSchemas;
import dev.decant.dump.ObjectTitle;
import dev.decant.dump.ScratchDdl;
import dev.decant.dump.SequenceDefault;
import dev.decant.dump.StatementKind;
import dev.decant.dump.StatementKind.Scratch;
import dev.decant.error.ErrorCode;
import dev.decant.load.DdlStatement;
import dev.decant.load.ScratchExtensions;
import dev.decant.load.SnapshotSchema;
import dev.decant.load.StandIns;
import dev.decant.postgres.Database;
import dev.decant.postgres.DatabaseEncoding;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.schema.CatalogReader;
import dev.decant.schema.Schema;
import dev.decant.schema.TableName;
import dev.decant.scratch.ScratchDatabase;
import dev.decant.scratch.ScratchServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Lets a real PostgreSQL interpret the DDL of a dump: it runs the statements in an empty database
 * and reads the catalog. It runs the statements in batches, and one by one if a batch fails. A
 * statement that fails is reported, and the others are still run.
 */
final class ScratchCatalog {
  private static final int BATCH = 200;

  /** The states if the table or the key that a foreign key refers to does not exist yet. */
  private static final Set<String> NO_REFERENCED_KEY = Set.of("42P01", "42830");

  /** The first version that has foreign keys NOT ENFORCED. */
  private static final int NOT_ENFORCED = 180_000;

  private static final Set<Scratch> RUN =
      EnumSet.of(Scratch.SCHEMA, Scratch.CONSTRAINT, Scratch.ATTACH, Scratch.FOREIGN_KEY);

  /** The kinds of statements that create or change columns. */
  private static final Set<StatementKind> COLUMNS =
      EnumSet.of(
          StatementKind.TABLE,
          StatementKind.TABLE_ATTACH,
          StatementKind.TABLE_INHERIT,
          StatementKind.SCHEMA_CHANGE);

  private static final Set<StatementKind> SETTINGS =
      EnumSet.of(StatementKind.SETTING, StatementKind.SEARCH_PATH);

  private static final Set<StatementKind> SEQUENCES =
      EnumSet.of(StatementKind.SEQUENCE, StatementKind.SEQUENCE_OWNED_BY);

  private final ScratchServer server;
  private final DatabaseEncoding encoding;
  private final Runnable guard;
  private final List<NotCreated> notCreated = new ArrayList<>();
  private StandIns standIns = new StandIns(List.of());
  private WrittenKeys keys = new WrittenKeys(List.of());

  /**
   * The statements about sequences that were not run yet, because no other statement needed them.
   */
  private final Set<Statement> later = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Foreign keys that a CREATE TABLE statement has to a table that was not created yet. */
  private final List<Statement> keysOfLaterTables = new ArrayList<>();

  /**
   * @param encoding the encoding of the dump's database, which decides how lengths are counted
   */
  ScratchCatalog(ScratchServer server, DatabaseEncoding encoding, Runnable guard) {
    this.server = server;
    this.encoding = encoding;
    this.guard = guard;
  }

  /** The objects that could not be created, with the reasons. */
  List<NotCreated> notCreated() {
    return notCreated;
  }

  /**
   * Creates the schema that the statements make, and gives it to a function.
   *
   * @param source the statements in the order of the dump
   * @param rows the rows of the dump, whose tables it may not create
   * @param work gets the schema and a connection to the database, which is valid until the function
   *     returns; its session has the settings of the dump
   */
  <R> R with(List<Statement> source, List<CopyStart> rows, BiFunction<Schema, Connection, R> work) {
    List<Statement> statements = MissingSchemas.added(source);
    standIns = new StandIns(statements);
    keys = new WrittenKeys(statements);
    Map<TableName, Set<String>> serverMade = sequences(statements);
    List<Statement> ddl = statements.stream().filter(this::runs).toList();
    // The server removes the database when it is closed, which is faster than dropping thousands of
    // tables first.
    ScratchExtensions extensions = extensions(statements);
    ScratchDatabase database = server.createForSchema("schema", extensions.present(), encoding);
    try (Connection connection = database.connect();
        java.sql.Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      run(statement, database, ddl);
      addKeysOfLaterTables(statement);
      for (CopyStart head : rows) {
        if (extensions.mayOwn(head.table())) {
          createTable(statement, head);
        }
      }
      Schema schema = CatalogReader.read(connection, standIns.types());
      List<Statement> unfit = keys.takeUnfit(schema);
      WrittenKeys fit = keys;
      keys = new WrittenKeys(List.of());
      if (!unfit.isEmpty()) {
        run(statement, database, unfit);
        schema = CatalogReader.read(connection, standIns.types());
      }
      return work.apply(fit.addTo(schema).withServerMade(serverMade), connection);
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "reading the schema");
    }
  }

  /** Runs the statements in their order. Long runs of tables and of keys have no order. */
  private void run(java.sql.Statement connection, Database database, List<Statement> ddl)
      throws SQLException {
    List<String> settings = new ArrayList<>();
    for (int from = 0; from < ddl.size(); ) {
      Optional<Integer> group = ParallelDdl.group(ddl.get(from));
      int to = from + 1;
      while (to < ddl.size() && ParallelDdl.group(ddl.get(to)).equals(group)) {
        to++;
      }
      List<Statement> part = ddl.subList(from, to);
      if (group.isPresent() && part.size() >= ParallelDdl.LEAST) {
        batches(connection, new ParallelDdl(database, settings, guard).run(part, this::quickly));
      } else {
        batches(connection, part);
        part.stream()
            .filter(s -> SETTINGS.contains(s.kind()))
            .map(ScratchCatalog::sql)
            .forEach(settings::add);
      }
      from = to;
    }
  }

  private void batches(java.sql.Statement connection, List<Statement> ddl) throws SQLException {
    for (int from = 0; from < ddl.size(); from += BATCH) {
      guard.run();
      run(connection, ddl.subList(from, Math.min(ddl.size(), from + BATCH)));
    }
  }

  /**
   * The columns that take their values from sequences. The schema needs nothing else of sequences,
   * and creating them would take a third of the time. So they are created only if a statement needs
   * them.
   */
  private Map<TableName, Set<String>> sequences(List<Statement> statements) {
    Map<TableName, Set<String>> serverMade = new HashMap<>();
    for (Statement statement : statements) {
      if (SEQUENCES.contains(statement.kind())) {
        later.add(statement);
      }
      SequenceDefault.of(statement)
          .ifPresent(
              d -> {
                later.add(statement);
                serverMade.computeIfAbsent(d.table(), t -> new HashSet<>()).add(d.column());
              });
    }
    return serverMade;
  }

  /**
   * Indexes that are not keys, views, comments and the storage of columns do not matter for the
   * columns. In the scratch database, a column may have no storage but PLAIN.
   */
  private boolean runs(Statement statement) {
    StatementKind kind = statement.kind();
    return RUN.contains(kind.scratch())
        && kind != StatementKind.EXTENSION
        && kind != StatementKind.SEQUENCE_VALUE
        && kind != StatementKind.INDEX_EXPRESSION
        && kind != StatementKind.COLUMN_STORAGE
        && !later.contains(statement)
        && !keys.contains(statement);
  }

  private void run(java.sql.Statement connection, List<Statement> batch) throws SQLException {
    StringBuilder all = new StringBuilder();
    batch.forEach(statement -> all.append(quickly(statement)).append(";\n"));
    try {
      connection.execute(all.toString());
    } catch (SQLException e) {
      if (broken(e)) {
        throw e;
      }
      createSequences(connection);
      for (Statement statement : batch) {
        one(connection, statement);
      }
    }
  }

  /** Creates the sequences once, in case one of them was missing. */
  private void createSequences(java.sql.Statement connection) throws SQLException {
    List<Statement> sequences =
        later.stream()
            .filter(statement -> statement.kind() == StatementKind.SEQUENCE)
            .sorted(Comparator.comparingLong(Statement::line))
            .toList();
    later.clear();
    for (Statement sequence : sequences) {
      try {
        connection.execute(sql(sequence));
      } catch (SQLException e) {
        if (broken(e)) {
          throw e;
        }
        // Such a statement does not matter for columns. If another statement needs its object, that
        // statement fails and is reported.
      }
    }
  }

  private void one(java.sql.Statement connection, Statement statement) throws SQLException {
    try {
      standIns.execute(connection, DdlStatement.of(statement, sql(statement)), this::leaveOut);
    } catch (SQLException e) {
      if (broken(e)) {
        throw e;
      }
      List<Statement> before = keys.takeBefore(statement.line());
      if (!before.isEmpty()) {
        // The statement may need a key, as a view does that groups by a primary key.
        batches(connection, before);
        one(connection, statement);
        return;
      }
      if (NO_REFERENCED_KEY.contains(e.getSQLState()) && divided(connection, statement)) {
        return;
      }
      notCreated.add(
          new NotCreated(
              statement.line(),
              ObjectTitle.of(statement),
              String.valueOf(
                  DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "creating it", sql(statement))
                      .getMessage()),
              CreatedTable.of(statement).orElse(null),
              COLUMNS.contains(statement.kind())));
    }
  }

  /** Creates a table of a script without the foreign keys that it has to tables after it. */
  private boolean divided(java.sql.Statement connection, Statement statement) throws SQLException {
    InlineForeignKeys table = InlineForeignKeys.of(statement);
    if (statement.kind() != StatementKind.TABLE || table.keys().isEmpty()) {
      return false;
    }
    keysOfLaterTables.addAll(table.keys());
    one(connection, table.table());
    return true;
  }

  private void addKeysOfLaterTables(java.sql.Statement connection) throws SQLException {
    if (!keysOfLaterTables.isEmpty()) {
      batches(connection, keys.takeBefore(Long.MAX_VALUE));
    }
    for (Statement key : keysOfLaterTables) {
      one(connection, key);
    }
  }

  /**
   * Errors of the connection (class 08), of a server that stops (57), and of a server without space
   * (53).
   */
  static boolean broken(SQLException e) {
    String state = e.getSQLState();
    return state == null
        || state.startsWith("08")
        || state.startsWith("57")
        || state.startsWith("53");
  }

  /**
   * The SQL of a statement. A foreign key needs no triggers to be in the catalog; creating them
   * would take a third of the time.
   */
  private String quickly(Statement statement) {
    String sql = sql(statement);
    return statement.kind() == StatementKind.FOREIGN_KEY && server.version() >= NOT_ENFORCED
        ? sql.strip().replaceFirst(";$", "") + " NOT ENFORCED"
        : sql;
  }

  private static String sql(Statement statement) {
    return ScratchDdl.withoutSomeIndexes(SnapshotSchema.whereMissing(statement), false);
  }

  /** Creates only the extensions that the server has. The others are reported. */
  private ScratchExtensions extensions(List<Statement> statements) {
    ScratchExtensions extensions = ScratchExtensions.of(statements, server.extensions());
    for (Statement statement : extensions.missing()) {
      notCreated.add(
          new NotCreated(
              statement.line(),
              statement.object(),
              "The scratch server (" + server.description() + ") does not have this extension.",
              null,
              false));
    }
    return extensions;
  }

  /** Creates the table of an extension that the server lacks. */
  private void createTable(java.sql.Statement connection, CopyStart rows) throws SQLException {
    if (standIns.createTable(connection, rows)) {
      notCreated.add(
          new NotCreated(
              rows.line(),
              "TABLE " + rows.table(),
              "The scratch server does not have the extension that creates such a table, so the"
                  + " types of most columns are not known.",
              null,
              false));
    }
  }

  private void leaveOut(DdlStatement ddl, String object, String reason) {
    String sentence = Character.toUpperCase(reason.charAt(0)) + reason.substring(1) + '.';
    String title = object.equals(ddl.object()) ? ddl.title() : object;
    notCreated.add(new NotCreated(ddl.line(), title, sentence, null, false));
  }
}
