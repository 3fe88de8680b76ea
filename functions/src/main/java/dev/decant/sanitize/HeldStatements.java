package dev.decant.sanitize;

import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.StatementKind;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/**
 * The statements of a dump that are needed after they were read, in order: those that travel or
 * that a scratch database runs. Statements about large objects are never among them, as their
 * number and size grow with the data. The texts take an eighth of the heap at most.
 */
final class HeldStatements {
  /** What a statement takes besides its text, about. */
  private static final int OVERHEAD = 200;

  private final List<Statement> list = new ArrayList<>();
  private final long most;
  private long bytes;

  HeldStatements() {
    this(Runtime.getRuntime().maxMemory() / 8);
  }

  HeldStatements(long mostBytes) {
    most = mostBytes;
  }

  /** Keeps a statement, if it is needed. */
  void add(Statement statement) {
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
          "line "
              + statement.line()
              + ": the statements of the dump, its rows aside, are larger than "
              + (most >> 20)
              + " MiB, an eighth of the memory that decant has. Give it more, by"
              + " DECANT_JAVA_OPTS=-Xmx4g for instance, or as the function's memory.");
    }
    list.add(statement);
  }

  /** The statements so far; changes of the list are changes of this. */
  List<Statement> list() {
    return list;
  }
}
