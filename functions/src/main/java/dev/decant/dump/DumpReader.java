package dev.decant.dump;

import dev.decant.error.ErrorCode;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Divides a plain dump of pg_dump 13 to 18 into statements and COPY rows. It reads ahead by 1 MiB
 * and holds no more than one statement. Only one thread may use it.
 *
 * <p>Call {@link #next()} until it returns {@link DumpPart.End}. After a {@link DumpPart.CopyStart}
 * call {@link #readRows} until it returns false, or call {@link #skipRows} once.
 *
 * <p>Rows are returned byte for byte, with their LF, or with CR LF if all rows of the block have it
 * (see {@link RowBatch#carriageReturns()}). A block that mixes the two is refused, as the server
 * does. The fields of the rows are not inspected. The division of rows into batches depends only on
 * the rows and the capacity of the batch, and never on how the stream delivers them.
 *
 * <p>The errors are {@link ErrorCode#INPUT_CUT} if the dump is incomplete, {@link
 * ErrorCode#INPUT_UNSUPPORTED} for text that pg_dump can write but decant does not read, {@link
 * ErrorCode#INPUT_INVALID} for text that pg_dump never writes, and {@link ErrorCode#ROW_TOO_LARGE}.
 * They name the line and never contain a literal.
 */
public final class DumpReader implements AutoCloseable {
  /** The server accepts no longer line of COPY text. */
  private static final int LARGEST_ROW = (1 << 30) - 1;

  private static final int WINDOW = 1 << 20;

  private final boolean ofSchema;
  private final DumpInput input;
  private final RowReader copyRows;
  private final InsertRows insertRows;
  private final DumpComments comments = new DumpComments();
  private final DumpText text;
  private final DumpSession session = new DumpSession();

  /** The rows of the block that was begun last. */
  private BlockRows rows;

  private boolean started;
  private boolean cleaned;
  private boolean created;
  private DumpPart.@Nullable End end;

  /** Reads decompressed text with rows of up to 1 GiB, which is the limit of the server. */
  public DumpReader(InputStream decompressed) {
    this(decompressed, LARGEST_ROW);
  }

  /**
   * Reads decompressed text with smaller rows.
   *
   * @param largestRow the size of the largest row in bytes, including its line end; a batch grows
   *     up to this size for one row
   */
  public DumpReader(InputStream decompressed, int largestRow) {
    this(decompressed, largestRow, WINDOW);
  }

  /**
   * A reader of a file that is read for its schema only, such as the {@code structure.sql} of
   * Rails. The reader does not require the end of a dump, continues if text follows the end, and
   * skips unknown statements, INSERT statements with other values than constants, and meta-commands
   * of psql.
   */
  public static DumpReader ofSchema(InputStream decompressed) {
    return new DumpReader(decompressed, LARGEST_ROW, WINDOW, true);
  }

  /** For tests. With a small window, the end of the window falls on more places of the text. */
  DumpReader(InputStream decompressed, int largestRow, int window) {
    this(decompressed, largestRow, window, false);
  }

  private DumpReader(InputStream decompressed, int largestRow, int window, boolean ofSchema) {
    this.ofSchema = ofSchema;
    this.input = new DumpInput(decompressed, window);
    this.text = new DumpText(input, comments);
    this.copyRows = new RowReader(input, largestRow);
    this.insertRows = new InsertRows(input, text, session, largestRow, ofSchema);
    this.rows = copyRows;
  }

  /** The header as far as it was read. The versions are known after the first part. */
  public DumpHeader header() {
    return new DumpHeader(
        comments.serverVersion(),
        comments.dumpVersion(),
        session.database(),
        session.rowSecurity());
  }

  /** Returns the next part, and the end again after the end. */
  public DumpPart next() {
    if (rows.table() != null) {
      throw new IllegalStateException(
          "the rows of " + rows.table() + " were not read to their end");
    }
    if (!started) {
      DumpFormat.check(input);
      started = true;
    }
    if (ofSchema) {
      return end != null ? end : schemaPart();
    }
    if (end != null) {
      return end;
    }
    if (insertRows.held || text.toStatement()) {
      return part();
    }
    return end();
  }

  /** The next part that shows something about the schema. */
  private DumpPart schemaPart() {
    while (insertRows.held || text.toStatement()) {
      if (insertRows.held) {
        return insertRows.begin(comments.takeEntry());
      }
      if (input.buffer()[input.position()] == '\\') {
        var _ = text.take(input.position() + input.lineLength());
        continue;
      }
      long line = input.line();
      if (insertRows.begins()) {
        DumpPart.CopyStart rowsOfInsert = insertRows.beginIfConstants(comments.takeEntry());
        if (rowsOfInsert != null) {
          rows = insertRows;
          return rowsOfInsert;
        }
        continue;
      }
      int to = text.statementEnd(session.backslashEscapes());
      StatementTokens tokens = text.tokens();
      if (tokens.accept("copy")) {
        return copy(tokens, to);
      }
      int first = tokens.at();
      var found = StatementClassifier.classify(tokens, false);
      if (found == null) {
        tokens.at(first);
        found = SchemaChange.of(tokens);
      }
      if (found == null) {
        var _ = text.take(to);
        continue;
      }
      boolean escapes = session.backslashEscapes();
      if (found.kind() == StatementKind.SETTING) {
        session.run(found.kind(), tokens, line);
      }
      return new DumpPart.Statement(
          line, found.kind(), text.take(to), found.object(), comments.takeEntry(), escapes, true);
    }
    return end();
  }

  private DumpPart end() {
    if (!ofSchema && (!comments.complete() || session.restricted())) {
      throw DumpProblem.cut(
          input.line(), "without the line \"" + DumpComments.FOOTER + "\" and the lines after it");
    }
    end = new DumpPart.End(input.line());
    return end;
  }

  private DumpPart part() {
    if (insertRows.held) {
      return insertRows.begin(comments.takeEntry());
    }
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
          "Text follows the end of the dump. If these are two dumps, sanitize them separately. If"
              + " the text is the output of a program (2>&1), make the dump without it.");
    }
    if (insertRows.begins()) {
      created = true;
      rows = insertRows;
      return insertRows.begin(comments.takeEntry());
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
          "This psql command does not occur in dumps. pg_dump writes only \\restrict, \\unrestrict"
              + " and \\connect. Make the dump with pg_dump.");
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
    if (kind == StatementKind.VIEW && clean && cleaned) {
      // The DROP statements of --clean replace circular views in order to drop them.
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
          "The COPY statement does not have the form COPY schema.table (columns) FROM stdin without"
              + " options. Make the dump with pg_dump.");
    }
    created = true;
    byte[] source = text.take(to);
    rows = copyRows;
    copyRows.begin(head.table());
    return new DumpPart.CopyStart(line, head.table(), head.columns(), source, comments.takeEntry());
  }

  /**
   * Fills a batch with as many of the next rows as fit. A row that is larger than the batch is
   * returned alone.
   *
   * @return false if the block has ended and the batch is empty
   */
  public boolean readRows(RowBatch batch) {
    return rows.read(batch);
  }

  /** Reads the block to its end without keeping rows, and returns the number of rows. */
  public long skipRows() {
    return skipRows(() -> {});
  }

  /**
   * Does the same and calls {@code each} many times a second. {@code each} may throw to end the
   * reading.
   */
  public long skipRows(Runnable each) {
    return rows.skip(each);
  }

  /** Closes the stream. */
  @Override
  public void close() {
    input.close();
  }
}
