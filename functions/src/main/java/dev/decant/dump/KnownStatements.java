package dev.decant.dump;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.StatementClassifier.Found;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes parts of the statements whose kind is known. Names get their schemas, and what pg_dump
 * would write elsewhere is moved there.
 */
final class KnownStatements {
  private static final byte[] BEGIN = "BEGIN;".getBytes(US_ASCII);
  private static final byte[] COMMIT = "COMMIT;".getBytes(US_ASCII);

  private final boolean ofSchema;
  private final DumpComments comments;
  private final DumpSession session;
  private final CreatedColumns columns;
  private final DumpNotes notes;
  private final DatabaseChoice databases;
  private final List<Statement> waiting = new ArrayList<>();

  /** Whether the statements before have created something; DROP statements may precede this. */
  boolean created;

  boolean rowsSeen;
  private boolean cleaned;

  KnownStatements(
      boolean ofSchema,
      DumpComments comments,
      DumpSession session,
      CreatedColumns columns,
      DumpNotes notes,
      DatabaseChoice databases) {
    this.ofSchema = ofSchema;
    this.comments = comments;
    this.session = session;
    this.columns = columns;
    this.notes = notes;
    this.databases = databases;
  }

  /** The foreign keys that wait for the end of the rows. They are returned once. */
  List<Statement> waiting() {
    List<Statement> all = List.copyOf(waiting);
    waiting.clear();
    return all;
  }

  /** The kind of a statement that pg_dump may not write, or null. */
  @Nullable Found other(StatementTokens tokens) {
    @Nullable Found found = OtherStatement.of(tokens, !rowsSeen, session.names());
    if (found == null && ofSchema) {
      tokens.at(0);
      return SchemaChange.of(tokens);
    }
    return found;
  }

  /**
   * The parts of a statement.
   *
   * @param clean whether it may belong to the DROP statements of --clean
   */
  List<DumpPart> parts(long line, Found found, byte[] source, boolean clean) {
    StatementKind kind = kind(found.kind(), clean);
    if (kind == StatementKind.IGNORED) {
      notes.leftOut(found.object() + " statements", line);
    }
    cleaned |= kind == StatementKind.CLEAN;
    created |= kind.scratch() != StatementKind.Scratch.NEVER && kind != StatementKind.SETTING;
    Statement statement =
        named(
            new Statement(
                line,
                kind,
                source,
                found.object(),
                comments.takeEntry(),
                session.backslashEscapes(),
                session.optional() || ofSchema,
                session.pathOf(kind)));
    columns.created(statement);
    return ofSchema || databases.skips() ? List.of(statement) : arranged(statement);
  }

  private StatementKind kind(StatementKind kind, boolean clean) {
    if (kind == StatementKind.VIEW && clean && cleaned) {
      // The DROP statements of --clean replace circular views in order to drop them.
      return StatementKind.CLEAN;
    }
    return kind == StatementKind.TRANSACTION && isScript() ? StatementKind.IGNORED : kind;
  }

  private boolean isScript() {
    return comments.kind() == DumpKind.SCRIPT;
  }

  private List<DumpPart> arranged(Statement statement) {
    if (statement.kind() == StatementKind.TABLE) {
      InlineForeignKeys keys = InlineForeignKeys.of(statement);
      waiting.addAll(keys.keys());
      return List.of(keys.table());
    }
    if (isScript() && statement.kind() == StatementKind.FOREIGN_KEY) {
      waiting.add(statement);
      return List.of();
    }
    return isScript() && statement.kind() == StatementKind.LARGE_OBJECT_DATA
        ? inTransaction(statement)
        : List.of(statement);
  }

  /**
   * A large object is open only within a transaction. A script may have one transaction for all of
   * its statements, which is left out, so each large object gets its own, as pg_dump writes it.
   */
  private static List<DumpPart> inTransaction(Statement data) {
    StatementTokens tokens = StatementTokens.of(data);
    if (tokens.has("lo_open")) {
      return List.of(transaction(data, BEGIN), data);
    }
    return tokens.has("lo_close") ? List.of(data, transaction(data, COMMIT)) : List.of(data);
  }

  private static Statement transaction(Statement data, byte[] sql) {
    return new Statement(
        data.line(), StatementKind.TRANSACTION, sql.clone(), "TRANSACTION", new byte[0]);
  }

  /** Adds the schemas of the names that the statement writes without one. */
  private Statement named(Statement statement) {
    if (statement.kind().output() == StatementKind.Output.DROP) {
      return statement;
    }
    if (session.path().schemas().isEmpty()) {
      session.names().created(statement.kind(), statement.object());
      session.names().moved(StatementTokens.of(statement));
      return statement;
    }
    byte[] source = statement.text();
    byte[] qualified =
        session.names().qualified(source, statement.backslashEscapes(), session.path());
    session.names().moved(StatementTokens.of(qualified, statement.backslashEscapes()));
    if (qualified.length == source.length) {
      return statement;
    }
    @Nullable Found found = other(StatementTokens.of(qualified, statement.backslashEscapes()));
    return new Statement(
        statement.line(),
        statement.kind(),
        qualified,
        found == null ? statement.object() : found.object(),
        statement.comment(),
        statement.backslashEscapes(),
        statement.optional(),
        statement.searchPath());
  }
}
