package dev.decant.dump;

import dev.decant.error.ErrorCode;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a plain dump of pg_dump 13 to 18 into statements and COPY rows. Reads ahead by 1 MiB; holds
 * no more than one statement. For one thread.
 *
 * <p>Use: {@link #next()} until it answers {@link DumpPart.End}; after a {@link DumpPart.CopyStart}
 * call {@link #readRows} until it answers false, or {@link #skipRows} once.
 *
 * <p>Rows are handed out byte for byte, with their LF, or CR LF where the whole block has that (see
 * {@link RowBatch#carriageReturns()}); a block that mixes the two is refused, as the server does.
 * Their fields are not looked at. How rows fall into batches depends on the rows and the batch's
 * capacity only, never on how the stream delivers them.
 *
 * <p>Errors: {@link ErrorCode#INPUT_CUT} where the dump has no end, {@link
 * ErrorCode#INPUT_UNSUPPORTED} for what pg_dump can write but decant does not read, {@link
 * ErrorCode#INPUT_INVALID} for what no dump holds, {@link ErrorCode#ROW_TOO_LARGE}; with the line,
 * never with text of a literal.
 */
public final class DumpReader implements AutoCloseable {
  /** The server accepts no line of COPY text that is longer. */
  private static final int LARGEST_ROW = (1 << 30) - 1;

  private static final int WINDOW = 1 << 20;

  private final DumpInput input;
  private final RowReader rows;
  private final DumpComments comments = new DumpComments();
  private final DumpText text;
  private final DumpSession session = new DumpSession();

  private boolean started;
  private boolean cleaned;
  private boolean created;
  private DumpPart.@Nullable End end;

  /** A reader of decompressed text, for rows up to what the server accepts (1 GiB). */
  public DumpReader(InputStream decompressed) {
    this(decompressed, LARGEST_ROW);
  }

  /**
   * A reader with a limit of its own for rows that are larger than the batch they go to.
   *
   * @param largestRow in bytes, line end included: so far a batch grows
   */
  public DumpReader(InputStream decompressed, int largestRow) {
    this(decompressed, largestRow, WINDOW);
  }

  /** For tests: a window as small as wanted meets its borders more often. */
  DumpReader(InputStream decompressed, int largestRow, int window) {
    this.input = new DumpInput(decompressed, window);
    this.text = new DumpText(input, comments);
    this.rows = new RowReader(input, largestRow);
  }

  /** What the dump has said about itself so far; the versions are known after the first part. */
  public DumpHeader header() {
    return new DumpHeader(
        comments.serverVersion(),
        comments.dumpVersion(),
        session.database(),
        session.rowSecurity());
  }

  /** The next part. After the end: the end again. */
  public DumpPart next() {
    if (rows.table() != null) {
      throw new IllegalStateException(
          "the rows of " + rows.table() + " were not read to their end");
    }
    if (!started) {
      DumpFormat.check(input);
      started = true;
    }
    return end != null ? end : text.toStatement() ? part() : end();
  }

  private DumpPart end() {
    if (!comments.complete() || session.restricted()) {
      throw DumpProblem.cut(
          input.line(), "without the line \"" + DumpComments.FOOTER + "\" and what follows it");
    }
    end = new DumpPart.End(input.line());
    return end;
  }

  private DumpPart part() {
    if (input.buffer()[input.position()] == '\\') {
      return metaCommand();
    }
    int restriction = PsqlRestriction.length(input);
    if (restriction > 0) {
      return restriction(restriction);
    }
    if (comments.footerBegun()) {
      throw DumpProblem.invalid(
          input.line(),
          "there is text after the end of the dump. If these are two dumps, sanitize them one by"
              + " one; if they are messages of a program (2>&1), make the dump without them");
    }
    int to = text.statementEnd(session.backslashEscapes());
    StatementTokens tokens = text.tokens();
    return tokens.accept("copy") ? copy(tokens, to) : statement(tokens, to);
  }

  private DumpPart restriction(int length) {
    long line = input.line();
    byte[] source = text.take(input.position() + length);
    MetaCommand command = PsqlRestriction.command(source);
    session.run(command, line, comments.footerBegun());
    return new DumpPart.Statement(line, command.kind(), source, "", comments.takeEntry());
  }

  private DumpPart metaCommand() {
    int length = input.lineLength();
    if (length == input.available()) {
      throw DumpProblem.cut(input.line(), "inside the psql command that begins here");
    }
    long line = input.line();
    byte[] source = text.take(input.position() + length);
    MetaCommand command = MetaCommand.parse(new String(source, StandardCharsets.UTF_8).strip());
    if (command == null) {
      throw DumpProblem.invalid(
          line,
          "a psql command that no dump holds. pg_dump writes \\restrict, \\unrestrict and"
              + " \\connect only; make the dump with pg_dump");
    }
    session.run(command, line, comments.footerBegun());
    return new DumpPart.Statement(line, command.kind(), source, "", comments.takeEntry());
  }

  private DumpPart statement(StatementTokens tokens, int to) {
    long line = input.line();
    boolean clean = !created && !comments.anyEntry();
    var found = StatementClassifier.classify(tokens, clean);
    if (found == null) {
      throw DumpProblem.invalid(line, UnknownStatement.message(tokens, comments.dumpVersion()));
    }
    StatementKind kind = found.kind();
    if (kind == StatementKind.INSERT) {
      throw DumpProblem.unsupported(
          line, "rows as INSERT statements: the dump was made with --inserts. Make it without");
    }
    if (kind == StatementKind.VIEW && clean && cleaned) {
      // The DROP block breaks circular views by replacing them.
      kind = StatementKind.CLEAN;
    }
    cleaned |= kind == StatementKind.CLEAN;
    created |= kind.scratch() != StatementKind.Scratch.NEVER && !isSetting(kind);
    boolean escapes = session.backslashEscapes();
    if (kind == StatementKind.SEARCH_PATH) {
      session.searchPath(tokens, created, line);
    }
    session.run(kind, tokens, line);
    return new DumpPart.Statement(
        line,
        kind,
        text.take(to),
        found.object(),
        comments.takeEntry(),
        escapes,
        session.optional());
  }

  private static boolean isSetting(StatementKind kind) {
    return kind == StatementKind.SETTING || kind == StatementKind.SEARCH_PATH;
  }

  private DumpPart copy(StatementTokens tokens, int to) {
    long line = input.line();
    CopyHead head = CopyHead.parse(tokens);
    if (head == null) {
      throw DumpProblem.unsupported(
          line,
          "a COPY that is not COPY schema.table (columns) FROM stdin without options. Make the"
              + " dump with pg_dump");
    }
    created = true;
    byte[] source = text.take(to);
    rows.begin(head.table());
    return new DumpPart.CopyStart(line, head.table(), head.columns(), source, comments.takeEntry());
  }

  /**
   * Fills a batch with the next whole rows of the block, as many as it has room for; a single row
   * larger than the batch comes alone.
   *
   * @return false when the block has ended and the batch is empty
   */
  public boolean readRows(RowBatch batch) {
    return rows.read(batch);
  }

  /** Reads the block to its end without keeping rows, and answers how many rows there were. */
  public long skipRows() {
    return skipRows(() -> {});
  }

  /** The same; {@code each} runs many times a second meanwhile, and may throw. */
  public long skipRows(Runnable each) {
    return rows.skip(each);
  }

  /** Closes the stream. */
  @Override
  public void close() {
    input.close();
  }
}
