package dev.decant.dump;

import dev.decant.dump.DumpPart.Statement;
import dev.decant.error.ErrorCode;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Divides a file of SQL, such as a plain dump of pg_dump 9.2 to 18, into statements and COPY rows.
 * It reads ahead by 1 MiB and holds no more than one statement. If the file has several databases,
 * it also holds the statements of a database up to its first table. Only one thread may use it.
 *
 * <p>Call {@link #next()} until it returns {@link DumpPart.End}. After a {@link DumpPart.CopyStart}
 * call {@link #readRows} until it returns false, or call {@link #skipRows} once.
 *
 * <p>Rows are returned byte for byte, with their LF. If all rows of a block end in CR LF, they are
 * returned with LF, as the server reads them. A block that mixes the two is refused, as the server
 * does. The fields of the rows are not inspected. The division of rows into batches depends only on
 * the rows and the capacity of the batch, and never on how the stream delivers them.
 *
 * <p>The errors are {@link ErrorCode#INPUT_CUT} if the dump is incomplete, {@link
 * ErrorCode#INPUT_UNSUPPORTED} for text that pg_dump can write but decant does not read, {@link
 * ErrorCode#INPUT_INVALID} for text that decant does not understand, and {@link
 * ErrorCode#ROW_TOO_LARGE}. They name the line and never contain a literal.
 */
public final class DumpReader implements AutoCloseable {
  /** The server accepts no longer line of COPY text. */
  private static final int LARGEST_ROW = (1 << 30) - 1;

  private static final int WINDOW = 1 << 20;

  private final DumpInput input;
  private final DumpNotes notes = new DumpNotes();
  private final DumpSession session;
  private final DatabaseChoice databases;
  private final Queue<DumpPart> queue = new ArrayDeque<>();
  private final List<Statement> postData = new ArrayList<>();

  /** Reads the schema of a dump that has only rows, until its end; then null. */
  private @Nullable StatementReader schema;

  private final StatementReader statements;

  private boolean started;
  private boolean inRows;
  private DumpPart.@Nullable End end;

  /** Reads decompressed text with rows of up to 1 GiB, which is the limit of the server. */
  public DumpReader(InputStream decompressed) {
    this(decompressed, null, ReadOptions.NONE);
  }

  /**
   * Reads the parts of one database. If there is a text with the schema, the statements that
   * pg_dump writes after rows follow the rows of the other text. Lines are those of the respective
   * text.
   *
   * @param schema a dump of the schema, if {@code decompressed} has only rows, or null
   */
  public DumpReader(InputStream decompressed, @Nullable InputStream schema, ReadOptions options) {
    this(decompressed, schema, options, LARGEST_ROW, WINDOW, false);
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
   * A reader of a file that is read for its schema only. It requires no footer, and skips unknown
   * statements, INSERT statements whose rows it cannot read, and unknown commands of psql.
   * Expressions in rows are NULL.
   *
   * @param schema as in the constructor
   * @param database as in {@link ReadOptions}
   * @param encoding as in {@link ReadOptions}
   */
  public static DumpReader ofSchema(
      InputStream decompressed,
      @Nullable InputStream schema,
      @Nullable String database,
      @Nullable String encoding) {
    ReadOptions options = new ReadOptions(database, encoding, Expressions.UNUSED);
    return new DumpReader(decompressed, schema, options, LARGEST_ROW, WINDOW, true);
  }

  /** For tests. With a small window, the end of the window falls on more places of the text. */
  DumpReader(InputStream decompressed, int largestRow, int window) {
    this(decompressed, null, ReadOptions.NONE, largestRow, window, false);
  }

  /** For tests, as {@link #DumpReader(InputStream, int, int)}. */
  DumpReader(InputStream decompressed, ReadOptions options, int window) {
    this(decompressed, null, options, LARGEST_ROW, window, false);
  }

  private DumpReader(
      InputStream decompressed,
      @Nullable InputStream schema,
      ReadOptions options,
      int largestRow,
      int window,
      boolean ofSchema) {
    this.input = new DumpInput(decompressed, window);
    this.session = new DumpSession(options.undeclared());
    this.databases = new DatabaseChoice(options.database());
    this.schema =
        schema == null
            ? null
            : reader(new DumpInput(schema, window), options, largestRow, ofSchema);
    this.statements = reader(input, options, largestRow, ofSchema);
  }

  private StatementReader reader(
      DumpInput of, ReadOptions options, int largestRow, boolean ofSchema) {
    return new StatementReader(
        of, largestRow, ofSchema, options.expressions(), session, notes, databases);
  }

  /** The header as far as it was read. The versions are known after the first part. */
  public DumpHeader header() {
    return statements.header();
  }

  /**
   * Sentences about peculiarities of the dump that do not end a run, such as statements that are
   * left out. They are complete at the end of the dump, and contain no literal of it.
   */
  public List<String> warnings() {
    return notes.list();
  }

  /** Returns the next part, and the end again after the end. */
  public DumpPart next() {
    if (inRows && statements.rows().table() != null) {
      throw new IllegalStateException(
          "the rows of " + statements.rows().table() + " were not read to their end");
    }
    if (!started) {
      started = true;
      DumpFormat.check(input);
      readSchema();
    }
    while (queue.isEmpty()) {
      if (end != null) {
        return end;
      }
      read();
    }
    DumpPart part = queue.remove();
    inRows = part instanceof DumpPart.CopyStart;
    return part;
  }

  /** Puts the statements of the schema into the queue, except those that follow the rows. */
  private void readSchema() {
    if (schema == null) {
      return;
    }
    schema.check();
    Queue<DumpPart> read = new ArrayDeque<>();
    List<Statement> all = new ArrayList<>();
    while (schema.toPart()) {
      schema.read().forEach(part -> databases.accept(part, read));
      for (DumpPart part = read.poll(); part != null; part = read.poll()) {
        if (!(part instanceof Statement statement)) {
          throw DumpProblem.unsupported(
              part.line(),
              "The file of --schema has rows. Name the dump with the rows as the source, and a dump"
                  + " of pg_dump --schema-only with --schema.");
        }
        all.add(statement);
      }
    }
    int begin = PostData.begin(all);
    queue.addAll(all.subList(0, begin));
    postData.addAll(all.subList(begin, all.size()));
    postData.addAll(schema.waiting());
    schema = null;
    session.otherFile();
  }

  /** Reads one part, and puts what it brings into the queue. */
  private void read() {
    if (!statements.toPart()) {
      end = new DumpPart.End(input.line());
      databases.end(input.line(), queue);
      queue.addAll(postData);
      queue.addAll(statements.waiting());
      return;
    }
    for (DumpPart part : statements.read()) {
      int before = queue.size();
      databases.accept(part, queue);
      if (part instanceof DumpPart.CopyStart && queue.size() == before) {
        var _ = statements.rows().skip(() -> {});
      }
    }
  }

  /**
   * Fills a batch with as many of the next rows as fit. A row that is larger than the batch is
   * returned alone.
   *
   * @return false if the block has ended and the batch is empty
   */
  public boolean readRows(RowBatch batch) {
    boolean found = statements.rows().read(batch);
    notes.replaced(ReplacementCharacters.count(batch.bytes(), batch.length()));
    return found;
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
    return statements.rows().skip(each);
  }

  /** Closes the stream. */
  @Override
  public void close() {
    input.close();
  }
}
