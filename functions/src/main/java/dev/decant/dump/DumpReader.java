package dev.decant.dump;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.schema.TableName;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
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

  /** No statement of a dump comes near this; a quote that never ends would. */
  private static final int LARGEST_STATEMENT = 64 << 20;

  private static final int WINDOW = 1 << 20;
  private static final int SKIP_BATCH = 1 << 18;

  private final DumpInput input;
  private final int largestRow;
  private final SqlLexer lexer = new SqlLexer();
  private final RowScanner scanner = new RowScanner();
  private final DumpComments comments = new DumpComments();
  private final DumpSession session = new DumpSession();

  private boolean started;
  private boolean cleaned;
  private boolean created;
  private @Nullable TableName table;
  private long rowsRead;
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
    this.largestRow = largestRow;
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
    if (table != null) {
      throw new IllegalStateException("the rows of " + table + " were not read to their end");
    }
    if (!started) {
      DumpFormat.check(input);
      started = true;
    }
    return end != null ? end : toStatement() ? part() : end();
  }

  /** Steps over blanks and comments; false at the end of the stream. */
  private boolean toStatement() {
    while (input.require(1)) {
      int at = input.position();
      switch (input.buffer()[at]) {
        case ' ', '\t', '\n', '\r', '\f', ';' -> input.advance(at + 1);
        case '-' -> {
          if (!startsWith('-', '-')) {
            return true;
          }
          lineComment();
        }
        case '/' -> {
          if (!startsWith('/', '*')) {
            return true;
          }
          blockComment();
        }
        default -> {
          return true;
        }
      }
    }
    return false;
  }

  private boolean startsWith(char first, char second) {
    return input.require(2)
        && input.buffer()[input.position()] == first
        && input.buffer()[input.position() + 1] == second;
  }

  private void lineComment() {
    int length = lineLength();
    int at = input.position();
    comments.line(input.buffer(), at, at + length, input.line());
    input.advance(at + length);
  }

  /** The length of the line, its LF excluded; the last line may have none. */
  private int lineLength() {
    int length = 0;
    while (true) {
      byte[] buffer = input.buffer();
      int at = input.position();
      while (length < input.available() && buffer[at + length] != '\n') {
        length++;
      }
      if (length < input.available() || !more()) {
        return length;
      }
    }
  }

  private void blockComment() {
    int to;
    while ((to = SqlLexer.blockCommentEnd(input.buffer(), input.position(), input.limit())) < 0) {
      if (!more()) {
        throw cut("inside a comment that begins here");
      }
    }
    input.advance(to);
  }

  private boolean more() {
    if (input.available() >= LARGEST_STATEMENT) {
      throw new DecantException(
          ErrorCode.INPUT_UNSUPPORTED,
          at(input.line())
              + "a statement larger than 64 MiB begins here, or a quote that never ends. Check"
              + " the dump with psql");
    }
    return input.more();
  }

  private DumpPart end() {
    if (!comments.complete() || session.restricted()) {
      throw cut("without the line \"" + DumpComments.FOOTER + "\" and what follows it");
    }
    end = new DumpPart.End(input.line());
    return end;
  }

  private DumpPart part() {
    if (input.buffer()[input.position()] == '\\') {
      return metaCommand();
    }
    if (comments.footerBegun()) {
      throw invalid(input.line(), "a statement after the end of the dump. Sanitize one dump a run");
    }
    int to = statementEnd();
    StatementTokens tokens = new StatementTokens(lexer, input.buffer(), input.position());
    return tokens.accept("copy") ? copy(tokens, to) : statement(tokens, to);
  }

  private int statementEnd() {
    while (true) {
      int from = input.position();
      int to = lexer.scan(input.buffer(), from, input.limit(), session.backslashEscapes());
      if (to == SqlLexer.INVALID) {
        throw invalid(lineOf(lexer.problemAt()), lexer.problem() + ". Make the dump with pg_dump");
      }
      if (to != SqlLexer.MORE) {
        return to;
      }
      if (!more()) {
        throw cut("inside the statement that begins here");
      }
    }
  }

  private long lineOf(int offset) {
    long line = input.line();
    for (int i = input.position(); i < offset; i++) {
      line += input.buffer()[i] == '\n' ? 1 : 0;
    }
    return line;
  }

  private byte[] take(int to) {
    byte[] text = Arrays.copyOfRange(input.buffer(), input.position(), to);
    long line = input.line();
    input.advance(to);
    for (byte b : text) {
      if (b < 0) {
        checkEncoding(text, line);
        break;
      }
    }
    return text;
  }

  private static void checkEncoding(byte[] text, long line) {
    try {
      var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw new DecantException(
          ErrorCode.INPUT_INVALID,
          at(line) + "a statement that is not UTF-8. Make the dump with pg_dump --encoding=UTF8",
          e);
    }
  }

  private DumpPart metaCommand() {
    int length = lineLength();
    if (length == input.available()) {
      throw cut("inside the psql command that begins here");
    }
    long line = input.line();
    byte[] text = take(input.position() + length);
    MetaCommand command = MetaCommand.parse(new String(text, StandardCharsets.UTF_8).strip());
    if (command == null) {
      throw invalid(
          line,
          "a psql command that no dump holds. pg_dump writes \\restrict, \\unrestrict and"
              + " \\connect only; make the dump with pg_dump");
    }
    session.run(command, line, comments.footerBegun());
    return new DumpPart.Statement(line, command.kind(), text, "", comments.takeEntry());
  }

  private DumpPart statement(StatementTokens tokens, int to) {
    long line = input.line();
    boolean clean = !created && !comments.anyEntry();
    var found = StatementClassifier.classify(tokens, clean);
    if (found == null) {
      throw invalid(line, UnknownStatement.message(tokens));
    }
    StatementKind kind = found.kind();
    if (kind == StatementKind.INSERT) {
      throw unsupported(
          line, "rows as INSERT statements: the dump was made with --inserts. Make it without");
    }
    if (kind == StatementKind.VIEW && clean && cleaned) {
      // The DROP block breaks circular views by replacing them.
      kind = StatementKind.CLEAN;
    }
    cleaned |= kind == StatementKind.CLEAN;
    created |= kind.scratch() != StatementKind.Scratch.NEVER && !isSetting(kind);
    boolean escapes = session.backslashEscapes();
    session.run(kind, tokens, line);
    return new DumpPart.Statement(
        line, kind, take(to), found.object(), comments.takeEntry(), escapes);
  }

  private static boolean isSetting(StatementKind kind) {
    return kind == StatementKind.SETTING || kind == StatementKind.SEARCH_PATH;
  }

  private DumpPart copy(StatementTokens tokens, int to) {
    long line = input.line();
    CopyHead head = CopyHead.parse(tokens);
    if (head == null) {
      throw unsupported(
          line,
          "a COPY that is not COPY schema.table (columns) FROM stdin without options. Make the"
              + " dump with pg_dump");
    }
    created = true;
    var start =
        new DumpPart.CopyStart(line, head.table(), head.columns(), take(to), comments.takeEntry());
    toRows();
    table = head.table();
    rowsRead = 0;
    scanner.begin();
    return start;
  }

  /** Steps over the rest of the COPY statement's line. */
  private void toRows() {
    int length = lineLength();
    int at = input.position();
    if (length == input.available()) {
      throw cut("inside a COPY block");
    }
    for (int i = at; i < at + length; i++) {
      if (input.buffer()[i] != ' ' && input.buffer()[i] != '\r') {
        throw invalid(input.line(), "text after COPY on its line. Make the dump with pg_dump");
      }
    }
    input.advance(at + length + 1);
  }

  /**
   * Fills a batch with the next whole rows of the block, as many as it has room for; a single row
   * larger than the batch comes alone.
   *
   * @return false when the block has ended and the batch is empty
   */
  public boolean readRows(RowBatch batch) {
    batch.clear(rowsRead + 1);
    while (table != null) {
      int to = (int) Math.min(input.limit(), input.position() + (long) batch.room());
      scanner.scan(input.buffer(), input.position(), to, Long.MAX_VALUE);
      takeRows(batch);
      if (table == null) {
        break;
      }
      if (input.available() < batch.room()) {
        if (!input.more()) {
          throw cutInRows();
        }
      } else {
        // The next row does not fit.
        if (batch.rows == 0) {
          readLargeRow(batch);
        }
        break;
      }
    }
    rowsRead += batch.rows;
    return batch.rows > 0;
  }

  /** Reads the block to its end without keeping rows, and answers how many rows there were. */
  public long skipRows() {
    RowBatch batch = new RowBatch(SKIP_BATCH);
    long before = rowsRead;
    while (readRows(batch)) {
      // Nothing to keep.
    }
    return rowsRead - before;
  }

  /** Moves the rows that the last scan found in the window, and ends the block after its last. */
  private void takeRows(RowBatch batch) {
    batch.append(input.buffer(), input.position(), scanner.end());
    batch.rows += scanner.rows();
    batch.carriageReturns = scanner.carriageReturns();
    input.advance(scanner.end(), scanner.lines());
    checkRows(batch);
    if (scanner.ended()) {
      input.advance(input.position() + lineLength() + 1);
      table = null;
    }
  }

  private void checkRows(RowBatch batch) {
    if (!scanner.problem().isEmpty()) {
      throw invalid(
          input.line(),
          "row "
              + (rowsRead + batch.rows + 1)
              + " of "
              + table
              + ' '
              + scanner.problem()
              + ". Make the dump with pg_dump");
    }
  }

  /** One row that is larger than the batch, which grows for it. */
  private void readLargeRow(RowBatch batch) {
    // So that the end of the block is whole in the window, whatever the batch's capacity.
    var _ = input.require(4);
    scanner.scan(input.buffer(), input.position(), input.limit(), 1);
    if (scanner.rows() > 0 || scanner.ended() || !scanner.problem().isEmpty()) {
      checkSize(scanner.end() - input.position());
      batch.grow(scanner.end() - input.position(), largestRow);
      takeRows(batch);
      return;
    }
    batch.grow(input.available(), largestRow);
    batch.append(input.buffer(), input.position(), input.limit());
    input.advance(input.limit(), 0);
    scanner.scan(batch.bytes, 0, batch.length, 1);
    while (scanner.rows() == 0) {
      readMoreOfRow(batch);
    }
    input.unread(batch.bytes, scanner.end(), batch.length - scanner.end());
    input.advance(0, scanner.lines());
    checkSize(scanner.end());
    batch.length = scanner.end();
    batch.rows = 1;
    batch.carriageReturns = scanner.carriageReturns();
  }

  private void readMoreOfRow(RowBatch batch) {
    checkSize(batch.length);
    int from = batch.length;
    batch.grow(from + 1, (int) Math.min(largestRow + 1L, Integer.MAX_VALUE - 8L));
    int count = Math.min(input.window(), batch.bytes.length - from);
    int read = input.readInto(batch.bytes, from, count);
    if (read < 0) {
      throw cutInRows();
    }
    batch.length += read;
    int undecided = batch.bytes[from - 1] == '\r' ? 1 : 0;
    scanner.resume(batch.bytes, from - undecided, batch.length);
    checkRows(batch);
  }

  private void checkSize(int size) {
    if (size > largestRow) {
      throw new DecantException(
          ErrorCode.ROW_TOO_LARGE,
          at(input.line())
              + "row "
              + (rowsRead + 1)
              + " of "
              + table
              + " is larger than "
              + largestRow
              + " bytes. Give decant more memory, or leave the rows out with pg_dump"
              + " --exclude-table-data");
    }
  }

  private DecantException cutInRows() {
    return cut("inside the rows of " + Objects.requireNonNull(table) + ", without their \\. line");
  }

  private DecantException cut(String where) {
    return new DecantException(
        ErrorCode.INPUT_CUT,
        at(input.line()) + "the dump ends " + where + ". It was cut: make or copy it again");
  }

  private static DecantException invalid(long line, String what) {
    return new DecantException(ErrorCode.INPUT_INVALID, at(line) + what);
  }

  private static DecantException unsupported(long line, String what) {
    return new DecantException(ErrorCode.INPUT_UNSUPPORTED, at(line) + what);
  }

  private static String at(long line) {
    return "line " + line + ": ";
  }

  /** Closes the stream. */
  @Override
  public void close() {
    input.close();
  }
}
