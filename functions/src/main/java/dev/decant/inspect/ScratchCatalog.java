package dev.decant.inspect;

import dev.decant.dump.CreatedExtension;
import dev.decant.dump.CreatedTable;
import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.ScratchDdl;
import dev.decant.dump.StatementKind;
import dev.decant.dump.StatementKind.Scratch;
import dev.decant.error.ErrorCode;
import dev.decant.load.SnapshotSchema;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.schema.CatalogReader;
import dev.decant.schema.Schema;
import dev.decant.scratch.ScratchDatabase;
import dev.decant.scratch.ScratchServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lets a real PostgreSQL interpret the DDL of a dump: it runs the statements in an empty database
 * and reads the catalog. It runs the statements in batches, and one by one if a batch fails. A
 * statement that fails is reported, and the others are still run.
 */
final class ScratchCatalog {
  private static final int BATCH = 200;
  private static final Set<Scratch> RUN =
      EnumSet.of(Scratch.SCHEMA, Scratch.CONSTRAINT, Scratch.ATTACH, Scratch.FOREIGN_KEY);

  /** The kinds of statements that create or change columns. */
  private static final Set<StatementKind> COLUMNS =
      EnumSet.of(
          StatementKind.TABLE,
          StatementKind.TABLE_ATTACH,
          StatementKind.TABLE_INHERIT,
          StatementKind.SCHEMA_CHANGE);

  private final ScratchServer server;
  private final Runnable guard;
  private final List<NotCreated> notCreated = new ArrayList<>();

  ScratchCatalog(ScratchServer server, Runnable guard) {
    this.server = server;
    this.guard = guard;
  }

  /** The objects that could not be created, with the reasons. */
  List<NotCreated> notCreated() {
    return notCreated;
  }

  /** The schema that the statements make. */
  Schema read(List<Statement> statements) {
    List<Statement> ddl = statements.stream().filter(ScratchCatalog::runs).toList();
    try (ScratchDatabase database = server.create("schema", extensions(statements));
        Connection connection = database.connect();
        java.sql.Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      for (int from = 0; from < ddl.size(); from += BATCH) {
        guard.run();
        run(statement, ddl.subList(from, Math.min(ddl.size(), from + BATCH)));
      }
      return CatalogReader.read(connection);
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "reading the schema");
    }
  }

  /** Indexes that are not keys, views and comments do not matter for the columns. */
  private static boolean runs(Statement statement) {
    StatementKind kind = statement.kind();
    return RUN.contains(kind.scratch())
        && kind != StatementKind.EXTENSION
        && kind != StatementKind.SEQUENCE_VALUE;
  }

  private void run(java.sql.Statement connection, List<Statement> batch) throws SQLException {
    StringBuilder all = new StringBuilder();
    batch.forEach(statement -> all.append(sql(statement)).append(";\n"));
    try {
      connection.execute(all.toString());
    } catch (SQLException e) {
      if (broken(e)) {
        throw e;
      }
      for (Statement statement : batch) {
        one(connection, statement);
      }
    }
  }

  private void one(java.sql.Statement connection, Statement statement) throws SQLException {
    try {
      connection.execute(sql(statement));
    } catch (SQLException e) {
      if (broken(e)) {
        throw e;
      }
      notCreated.add(
          new NotCreated(
              statement.line(),
              statement.object(),
              String.valueOf(
                  DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "creating it", sql(statement))
                      .getMessage()),
              CreatedTable.of(statement).orElse(null),
              COLUMNS.contains(statement.kind())));
    }
  }

  /**
   * Errors of the connection (class 08), of a server that stops (57), and of a server without space
   * (53).
   */
  private static boolean broken(SQLException e) {
    String state = e.getSQLState();
    return state == null
        || state.startsWith("08")
        || state.startsWith("57")
        || state.startsWith("53");
  }

  private static String sql(Statement statement) {
    return ScratchDdl.forScratch(SnapshotSchema.whereMissing(statement), false);
  }

  private void extension(
      CreatedExtension extension, Statement statement, Map<String, String> schemas) {
    if (server.extensions().contains(extension.name())) {
      schemas.put(extension.name(), extension.schema());
    } else {
      notCreated.add(
          new NotCreated(
              statement.line(),
              statement.object(),
              "The scratch server (" + server.description() + ") does not have this extension.",
              null,
              false));
    }
  }

  /** Creates only the extensions that the server has. The others are reported. */
  private Map<String, String> extensions(List<Statement> statements) {
    Map<String, String> schemas = new LinkedHashMap<>();
    for (Statement statement : statements) {
      if (statement.kind() == StatementKind.EXTENSION) {
        CreatedExtension.of(statement).ifPresent(e -> extension(e, statement, schemas));
      }
    }
    return schemas;
  }
}
