package dev.decant.sanitize.output;

import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.StatementKind;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/**
 * The statements of a dump that are needed again after they were read, in their order. These are
 * the statements that are in the output or that a scratch database runs. Statements about large
 * objects are not kept, because their number and size grow with the data. The texts use at most an
 * eighth of the heap.
 */
public final class RetainedStatements {
  /** The approximate number of bytes that a statement needs besides its text. */
  private static final int OVERHEAD = 200;

  private final List<Statement> list = new ArrayList<>();
  private final long most;
  private long bytes;

  public RetainedStatements() {
    this(Runtime.getRuntime().maxMemory() / 8);
  }

  RetainedStatements(long mostBytes) {
    most = mostBytes;
  }

  /** Keeps a statement if it is needed again. */
  public void add(Statement statement) {
    StatementKind kind = statement.kind();
    boolean needed =
        kind.output() != StatementKind.Output.DROP || kind.scratch() != StatementKind.Scratch.NEVER;
    if (!needed || kind.ofLargeObjects()) {
      return;
    }
    bytes += statement.text().length + statement.comment().length + OVERHEAD;
    if (bytes > most) {
      throw new DecantException(
          ErrorCode.MEMORY_EXCEEDED,
          "Line "
              + statement.line()
              + " of the dump: The statements of the dump, without its rows, are larger than "
              + (most >> 20)
              + " MiB, which is an eighth of the memory of decant. Give decant more memory, for"
              + " example with DECANT_JAVA_OPTS=-Xmx4g, or with the memory size of the function.");
    }
    list.add(statement);
  }

  /** The statements that were kept. Changes of this list change this object. */
  public List<Statement> list() {
    return list;
  }
}
