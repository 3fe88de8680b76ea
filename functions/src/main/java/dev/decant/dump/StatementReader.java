package dev.decant.dump;

import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.StatementClassifier.Found;
import dev.decant.postgres.DatabaseEncoding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one part of a dump after another, of whatever database. It follows the session of psql, and
 * leaves out what has no meaning for the output.
 */
final class StatementReader {

  private final boolean ofSchema;
  private final int largestRow;
  private final DumpInput input;
  private final RowReader copyRows;
  private final InsertRows insertRows;
  private final DumpComments comments = new DumpComments();
  private final DumpText text;
  private final DumpSession session;
  private final CreatedColumns columns = new CreatedColumns();
  private final DumpNotes notes;
  private final DatabaseChoice databases;

  /** The rows of the block that was begun last. */
  private BlockRows rows;

  private final KnownStatements statements;

  /**
   * @param ofSchema whether unknown statements and commands are skipped, because nothing is
   *     published from the file
   * @param expressions computes the values of INSERT statements that are not constants; null if
   *     they are refused
   */
  StatementReader(
      DumpInput input,
      int largestRow,
      boolean ofSchema,
      @Nullable Expressions expressions,
      DumpSession session,
      DumpNotes notes,
      DatabaseChoice databases) {
    this.input = input;
    this.ofSchema = ofSchema;
    this.largestRow = largestRow;
    this.session = session;
    this.notes = notes;
    this.databases = databases;
    this.text = new DumpText(input, comments);
    this.copyRows = new RowReader(input, largestRow);
    this.insertRows =
        new InsertRows(input, text, session, columns, expressions, largestRow, ofSchema);
    this.rows = copyRows;
    this.statements = new KnownStatements(ofSchema, comments, session, columns, notes, databases);
  }

  /** The rows of the block that was returned last. */
  BlockRows rows() {
    return rows;
  }

  DumpHeader header() {
    return new DumpHeader(
        comments.serverVersion(),
        comments.dumpVersion(),
        databases.name(),
        session.rowSecurity(),
        session.encoding().equals(Encoding.SQL_ASCII)
            ? DatabaseEncoding.SQL_ASCII
            : DatabaseEncoding.UTF8);
  }

  /** Throws if the input is not SQL. */
  void check() {
    DumpFormat.check(input);
  }

  /** Moves to the next part. Returns false at the end of a complete dump. */
  boolean toPart() {
    if (insertRows.held || text.toStatement()) {
      comments.statement();
      return true;
    }
    if (!ofSchema) {
      requireComplete();
    }
    return false;
  }

  private void requireComplete() {
    if (session.rowSecurity()) {
      notes.add(
          "The dump was made with --enable-row-security, so it may lack the rows that its user may"
              + " not see.");
    }
    boolean cut = comments.kind() != DumpKind.SCRIPT && !comments.complete();
    if (cut || session.restricted()) {
      throw DumpProblem.cut(
          input.line(), "without the line \"" + DumpComments.FOOTER + "\" and the lines after it");
    }
    if (!comments.anyStatement() && !comments.complete()) {
      throw DumpProblem.cut(input.line(), "before its first statement");
    }
    if (!comments.complete()) {
      notes.add(
          "The file has no header of pg_dump and no footer, so it cannot show that it is complete."
              + " decant read it to its end.");
    }
  }

  /** The foreign keys that wait for the end of the rows. */
  List<Statement> waiting() {
    return statements.waiting();
  }

  /**
   * Reads what begins here. This is one part in most cases, none if it is left out, and several for
   * a statement that is divided.
   */
  List<DumpPart> read() {
    if (comments.kind() == DumpKind.CLUSTER) {
      databases.cluster();
    }
    decode();
    if (insertRows.held || insertRows.begins()) {
      return insert();
    }
    if (input.buffer()[input.position()] == '\\') {
      return metaCommand();
    }
    int restriction = PsqlRestriction.length(input);
    if (restriction > 0) {
      return List.of(restriction(restriction));
    }
    int message = ProgramMessages.length(input);
    if (message > 0) {
      notes.leftOut("lines that are messages of pg_dump (2>&1)", input.line());
      input.advance(input.position() + message);
      return List.of();
    }
    int to = text.statementEnd(session.backslashEscapes());
    StatementTokens tokens = text.tokens();
    return tokens.accept("copy") ? List.of(copy(to)) : statement(tokens, to);
  }

  /**
   * Decodes the rest of the dump. pg_dump declares the encoding after other SET statements. The
   * databases of a dump of pg_dumpall have encodings of their own; those that are not returned are
   * not decoded, and neither are the settings of a database that may be empty.
   */
  private void decode() {
    if (databases.skips()) {
      input.skipEncoding();
    } else if (!insertRows.held && !text.begins("set ", "select pg_catalog.set_config", "\\")) {
      input.transcode(session.encoding());
    }
  }

  private List<DumpPart> insert() {
    statements.created = true;
    statements.rowsSeen = true;
    rows = insertRows;
    if (!ofSchema || insertRows.held) {
      return List.of(insertRows.begin(comments.takeEntry()));
    }
    DumpPart.@Nullable CopyStart start = insertRows.beginIfConstants(comments.takeEntry());
    return start == null ? List.of() : List.of(start);
  }

  private DumpPart restriction(int length) {
    long line = input.line();
    byte[] source = text.take(input.position() + length);
    MetaCommand command = PsqlRestriction.command(source);
    session.run(command, line);
    return new Statement(line, command.kind(), source, "", comments.takeEntry());
  }

  private List<DumpPart> metaCommand() {
    int length = input.lineLength();
    if (length == input.available() && !ofSchema) {
      throw DumpProblem.cut(input.line(), "inside the psql command that begins here");
    }
    long line = input.line();
    byte[] source = text.take(input.position() + length);
    MetaCommand command = MetaCommand.parse(new String(source, StandardCharsets.UTF_8).strip());
    if (command == null) {
      if (ofSchema) {
        return List.of();
      }
      throw DumpProblem.invalid(
          line,
          "This psql command reads or writes something outside of the file, or changes how the file"
              + " is read. Replace it by the SQL that it stands for, or remove it.");
    }
    session.run(command, line);
    if (command.name() == MetaCommand.Name.CONNECT) {
      if (databases.connect(command.argument())) {
        session.otherDatabase();
      }
      statements.created = false;
      text.skipped = databases.skips();
    }
    return List.of(new Statement(line, command.kind(), source, "", comments.takeEntry()));
  }

  private List<DumpPart> statement(StatementTokens tokens, int to) {
    long line = input.line();
    boolean clean = !statements.created && !comments.anyEntry();
    @Nullable Found found = StatementClassifier.classify(tokens, clean);
    if (found != null && found.kind() == StatementKind.SEARCH_PATH) {
      return searchPath(found, SearchPath.of(tokens, session.backslashEscapes()), to);
    }
    if (found != null) {
      OtherStatement.refuseOids(found.kind(), tokens, line);
      if (found.kind() == StatementKind.LARGE_OBJECT_DATA) {
        LargeObjectBytes.check(tokens, session.backslashEscapes(), line);
      }
      boolean encoding = found.object().equals("client_encoding");
      if (!encoding || !databases.skips()) {
        session.run(found.kind(), tokens, line);
      }
      byte[] source = taken(found.kind(), to);
      if (encoding && !databases.skips() && !databases.undecided()) {
        input.transcode(session.encoding());
      }
      return statements.parts(
          line, found, encoding ? Skeleton.clientEncoding(DatabaseEncoding.UTF8) : source, clean);
    }
    String message = UnknownStatement.message(tokens, comments.dumpVersion());
    byte[] source = text.take(to);
    List<DumpPart> others = others(line, source);
    if (others.isEmpty() && !ofSchema && !databases.skips()) {
      throw DumpProblem.invalid(line, message);
    }
    return others;
  }

  /**
   * The text of the statement that ends at {@code to}. Comments inside of DDL are searched for
   * findings with their object; those of other statements are left out.
   */
  private byte[] taken(StatementKind kind, int to) {
    byte[] source = text.take(to);
    boolean keeps = kind.describesObject() || kind == StatementKind.LARGE_OBJECT_DATA;
    return keeps
        ? source
        : TextCuts.withoutComments(source, StatementTokens.of(source, session.backslashEscapes()));
  }

  /** Only the search path of the beginning is a part; the others belong to their statements. */
  private List<DumpPart> searchPath(Found found, @Nullable SearchPath path, int to) {
    long line = input.line();
    if (path == null) {
      throw DumpProblem.unsupported(
          line,
          "This statement sets search_path in a form that decant does not read, so it is not known"
              + " which tables the rows after it belong to. Write SET search_path = a, b; with the"
              + " names of the schemas.");
    }
    boolean first = session.searchPath(path);
    byte[] source = taken(found.kind(), to);
    return first
        ? List.of(new Statement(line, found.kind(), source, found.object(), comments.takeEntry()))
        : List.of();
  }

  /** The parts of a statement that pg_dump does not write; none if it is not known either. */
  private List<DumpPart> others(long line, byte[] source) {
    List<DumpPart> parts = new ArrayList<>();
    List<byte[]> actions = AlterActions.of(source, session.backslashEscapes());
    for (byte[] action : actions.isEmpty() ? List.of(source) : actions) {
      @Nullable Found found =
          statements.other(StatementTokens.of(action, session.backslashEscapes()));
      if (found == null) {
        return List.of();
      }
      parts.addAll(statements.parts(line, found, action, false));
    }
    return parts;
  }

  private DumpPart copy(int to) {
    long line = input.line();
    boolean escapes = session.backslashEscapes();
    byte[] source = text.take(to);
    StatementTokens copied = StatementTokens.of(source, escapes);
    copied.at(1);
    CopyHead head = CopyHead.parse(copied, session);
    if (head == null) {
      throw DumpProblem.unsupported(
          line,
          "The COPY statement does not have the form COPY table (columns) FROM stdin with the"
              + " formats text or csv and the options DELIMITER, NULL, HEADER, QUOTE and ESCAPE. If"
              + " its rows are in a file, they are not in the dump. Load them into an empty"
              + " database with psql, and dump that with pg_dump.");
    }
    statements.created = true;
    statements.rowsSeen = true;
    if (head.options().isDefault()) {
      rows = copyRows;
      copyRows.begin(head.table());
    } else {
      rows = head.rows(input, largestRow);
    }
    return new DumpPart.CopyStart(
        line, head.table(), head.columns(), head.text(source, copied), comments.takeEntry());
  }
}
