package dev.decant.dump;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites INSERT statements to rows of COPY text. A block consists of the rows of consecutive
 * statements that are equal up to their first row, so the rows of a dump made with {@code
 * --inserts} become one block for each table. A row that has DEFAULT for other columns than the row
 * before it begins a new block, because COPY stores defaults only in columns that it does not list.
 *
 * <p>The rows are converted as they are read. The window holds one row, and never a statement of
 * many rows. An INSERT that is not understood completely is an error. Its text is never returned.
 */
final class InsertRows extends ConvertedRows {
  private final DumpText text;
  private final DumpSession session;
  private final boolean skipsUnknown;
  private final SqlCursor cursor = new SqlCursor();
  private final SqlStrings strings = new SqlStrings(cursor);

  /** The row that was read last. */
  private final InsertRow current;

  /** The bytes of the statement before its first row. */
  private byte[] headText = new byte[0];

  private InsertHead head = InsertHead.NONE;
  private boolean inStatement;
  private long blocks;
  private final Supplier<String> place = this::place;

  /** The values of the block's rows that are DEFAULT, and the number of all values. */
  private BitSet defaults = new BitSet();

  private int values;

  /**
   * Makes a reader for all INSERT statements of a dump.
   *
   * @param columns the tables that are created before the statements
   * @param expressions computes values that are not constants; null if they are refused
   * @param skipsUnknown whether the rest of a statement is skipped from the first row on that has
   *     other values than constants; then the rows before it are the only ones of the statement
   */
  InsertRows(
      DumpInput input,
      DumpText text,
      DumpSession session,
      CreatedColumns columns,
      @Nullable Expressions expressions,
      int largestRow,
      boolean skipsUnknown) {
    super(input, largestRow, false);
    this.text = text;
    this.session = session;
    this.current = new InsertRow(cursor, strings, columns, expressions);
    this.skipsUnknown = skipsUnknown;
  }

  /** Whether an INSERT statement begins at the position of the input. */
  boolean begins() {
    var _ = input.require("insert ".length());
    cursor.set(input.buffer(), input.position(), input.limit());
    try {
      return cursor.accept("insert");
    } catch (SqlCursor.WindowEnd _) {
      return false;
    }
  }

  /** Begins a block and converts its first row, which shows the columns of the block. */
  DumpPart.CopyStart begin(byte[] comment) {
    long line = input.line();
    blocks++;
    if (!held) {
      readHead();
      begin(head.table());
      row.clear();
      held = firstRow();
    } else {
      begin(head.table());
    }
    defaults = current.defaults();
    values = current.count();
    return start(line, comment);
  }

  /** Does the same, or skips the statement and returns null if it has no constants as rows. */
  DumpPart.@Nullable CopyStart beginIfConstants(byte[] comment) {
    try {
      return begin(comment);
    } catch (DecantException e) {
      skipStatement(e);
      return null;
    }
  }

  private void skipStatement(DecantException e) {
    if (!skipsUnknown || e.code() != ErrorCode.INPUT_UNSUPPORTED) {
      throw e;
    }
    held = false;
    inStatement = false;
    end();
    var _ = text.take(text.statementEnd(session.backslashEscapes()));
  }

  private DumpPart.CopyStart start(long line, byte[] comment) {
    List<Integer> given = IntStream.range(0, values).filter(i -> !defaults.get(i)).boxed().toList();
    List<String> listed = head.columns();
    List<String> columns = listed == null ? null : given.stream().map(listed::get).toList();
    if (columns != null && columns.isEmpty()) {
      throw unsupported(rowName() + "has only DEFAULT as values");
    }
    return new DumpPart.CopyStart(
        line,
        head.table(),
        columns,
        CopyHead.statement(head.table(), columns),
        comment,
        listed == null ? given : null);
  }

  private void readHead() {
    strings.backslashEscapes = session.backslashEscapes();
    while (true) {
      try {
        cursor.set(input.buffer(), input.position(), input.limit());
        InsertHead found = InsertHead.parse(cursor, session);
        if (found == null) {
          throw DumpProblem.unsupported(
              input.line(),
              "This INSERT statement does not have the form INSERT INTO table (columns) VALUES (…)"
                  + " with constants, so decant cannot read its rows. Load the file into an empty"
                  + " database with psql, and dump that with pg_dump.");
        }
        head = found;
        headText = Arrays.copyOfRange(input.buffer(), input.position(), cursor.at);
        return;
      } catch (SqlCursor.WindowEnd _) {
        if (!input.moreOfStatement()) {
          throw input.cut("The statement", "inside the statement that begins here");
        }
      }
    }
  }

  private boolean firstRow() {
    readRow(headText.length);
    return true;
  }

  @Override
  boolean convert() {
    try {
      if (!(inStatement ? nextInStatement() : sameHead())) {
        return false;
      }
    } catch (DecantException e) {
      skipStatement(e);
      return false;
    }
    boolean same = current.isLike(values, defaults);
    if (!same) {
      // The row belongs to the next block.
      held = true;
    }
    return same;
  }

  /** Converts the next row of the statement, or ends the statement and looks at the next one. */
  private boolean nextInStatement() {
    return readRow(0) || sameHead();
  }

  /** Whether the next statement is equal up to its first row, which is converted then. */
  private boolean sameHead() {
    if (!text.toStatement() || !input.require(headText.length)) {
      return false;
    }
    int at = input.position();
    int end = at + headText.length;
    if (!Arrays.equals(input.buffer(), at, end, headText, 0, headText.length)) {
      return false;
    }
    return readRow(headText.length);
  }

  /**
   * Reads one row that begins {@code skip} bytes after the position of the input, or the end of the
   * statement if its rows are over.
   *
   * @return false if the statement ended
   */
  private boolean readRow(int skip) {
    while (true) {
      try {
        cursor.set(input.buffer(), input.position() + skip, input.limit());
        boolean found = skip > 0 ? values() : !ends() && values();
        input.advance(cursor.at);
        inStatement = found && !head.defaultValues();
        return found;
      } catch (SqlCursor.WindowEnd _) {
        moreOfRow();
      }
    }
  }

  /** Whether the statement ends here, with {@code ;} or {@code ON CONFLICT DO NOTHING;}. */
  private boolean ends() {
    if (cursor.accept(',')) {
      return false;
    }
    if (cursor.accept("on", "conflict") && !conflictTarget()) {
      throw unsupported(ofStatement() + "has an ON CONFLICT clause other than DO NOTHING");
    }
    if (!cursor.accept(';')) {
      throw unsupported(ofStatement() + "ends with a clause such as RETURNING");
    }
    return true;
  }

  /** {@code [(columns) | ON CONSTRAINT name] DO NOTHING}. */
  private boolean conflictTarget() {
    if (cursor.accept('(')) {
      do {
        if (cursor.identifier() == null) {
          return false;
        }
      } while (cursor.accept(','));
      if (!cursor.accept(')')) {
        return false;
      }
    } else if (cursor.accept("on", "constraint") && cursor.identifier() == null) {
      return false;
    }
    return cursor.accept("do", "nothing");
  }

  /** Converts one parenthesis of values, or nothing for DEFAULT VALUES. */
  private boolean values() {
    row.clear();
    if (head.defaultValues()) {
      current.clear();
      if (!ends()) {
        throw unsupported(ofStatement() + "is not understood");
      }
    } else {
      String problem = current.read(row, head, place);
      if (!problem.isEmpty()) {
        throw unsupported(rowName() + problem);
      }
      requireListed();
    }
    row.append((byte) '\n');
    return true;
  }

  private void requireListed() {
    List<String> columns = head.columns();
    if (columns != null && columns.size() != current.count()) {
      throw DumpProblem.invalid(
          rowLine(),
          rowName()
              + "has "
              + current.count()
              + " values, and its INSERT statement lists "
              + columns.size()
              + " columns. Correct the statement, or make the dump with pg_dump.");
    }
  }

  /** Identifies the row that is being read, in each run over the same dump. */
  private String place() {
    return head.table() + " " + blocks + " " + rowNumber();
  }

  private long rowLine() {
    long line = input.line();
    for (int i = input.position(); i < cursor.at; i++) {
      line += input.buffer()[i] == '\n' ? 1 : 0;
    }
    return line;
  }

  /** The beginning of a message about a statement, whose rows may have been read already. */
  private String ofStatement() {
    return "An INSERT statement for table " + head.table() + ' ';
  }

  private DecantException unsupported(String what) {
    return DumpProblem.unsupported(
        rowLine(),
        what
            + ". decant reads the rows of INSERT statements only if their values are constants, or"
            + " expressions that need no table and no function of the dump. Load the file into an"
            + " empty database with psql, and dump that with pg_dump.");
  }
}
