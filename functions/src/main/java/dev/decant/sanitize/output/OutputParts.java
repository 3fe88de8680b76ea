package dev.decant.sanitize.output;

import dev.decant.dump.ActsOnRows;
import dev.decant.dump.DumpPart.CopyStart;
import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.PostData;
import dev.decant.dump.StatementKind;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.load.Unverified;
import dev.decant.policy.Policy;
import dev.decant.run.RunGuard;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Divides the output into numbered parts, in the order of the dump: statements, then the rows of a
 * COPY block, then the statements up to the next block, and so on. It keeps the statements that
 * follow the first rows until they have been verified. One thread uses it.
 */
public final class OutputParts {
  /** The number of the first part. Large objects that precede the rows get the number after it. */
  public static final long HEAD = 0;

  private final Policy policy;
  private final DdlReview ddl;
  private final RunGuard guard;
  private final SkeletonFrames skeleton;
  private final RetainedStatements afterRows = new RetainedStatements();
  private final ActsOnRows acts = new ActsOnRows();
  private final Set<String> defined = new HashSet<>();
  private long next = HEAD + 1;

  /** How many statements of {@link #afterRows} are in frames already. */
  private int written;

  /** Whether a statement that precedes rows of the dump was moved after all rows. */
  private boolean lateBegun;

  /** The size of {@link #afterRows} when the last block of rows began. */
  private int arranged;

  public OutputParts(Policy policy, RunGuard guard, SkeletonFrames skeleton) {
    this.policy = policy;
    this.ddl = new DdlReview(policy);
    this.guard = guard;
    this.skeleton = skeleton;
  }

  /** The findings in the statements that were read. */
  public DdlReview ddl() {
    return ddl;
  }

  /**
   * Keeps a statement that precedes the rows, in the form that the rules of the policy publish. A
   * statement about a large object is written to a frame at once instead: it depends on no other
   * statement, and it may be larger than the memory.
   */
  void beforeRows(Statement statement, RetainedStatements held) {
    guard.check();
    ddl.read(statement).ifPresent(published -> keep(published, held));
  }

  private void keep(Statement statement, RetainedStatements held) {
    if (!statement.kind().ofLargeObjects()) {
      acts.add(statement);
      held.add(statement);
      return;
    }
    if (statement.kind() == StatementKind.LARGE_OBJECT_CREATE) {
      requireLargeObjectRule();
    }
    if (skeleton.largeObject(next, statement)) {
      next++;
    }
  }

  /** Remembers statements that follow rows of the dump and precede the rows of the output. */
  void defined(List<Statement> definitions) {
    definitions.forEach(definition -> defined.add(name(definition)));
  }

  private static String name(Statement statement) {
    return statement.line() + " " + statement.kind() + ' ' + statement.object();
  }

  /** Keeps a statement that follows the first rows, or writes it as {@link #beforeRows} does. */
  public void afterRows(Statement statement) {
    boolean known = defined.contains(name(statement));
    if (!known) {
      requireNoColumns(statement);
    }
    beforeRows(statement, known ? new RetainedStatements() : afterRows);
  }

  /** The policy was checked before the rows, so it has no rule for a column that comes later. */
  private static void requireNoColumns(Statement statement) {
    if (statement.kind() == StatementKind.TABLE
        || statement.kind() == StatementKind.SCHEMA_CHANGE) {
      throw new DecantException(
          ErrorCode.INPUT_UNSUPPORTED,
          "Line "
              + statement.line()
              + " of the dump, "
              + statement.object()
              + ": The dump creates a table or a column after rows, and decant has checked the"
              + " policy before it knew of that. Save the dump as a file, which decant can read"
              + " twice, or make it with pg_dump.");
    }
  }

  private void requireLargeObjectRule() {
    if (policy.objects().largeObjects() == null) {
      throw new DecantException(
          ErrorCode.POLICY_INVALID,
          policy.file()
              + ": The dump has large objects, and the policy has no rule for them. Write"
              + " `large-objects: empty` (or drop, or keep) into the policy.");
    }
  }

  /** Writes the large objects that were read and are not in a frame yet. */
  public void writeLargeObjects() {
    var _ = skeleton.flushLargeObjects(next++);
  }

  /**
   * Writes the statements that were read since the last COPY block and that rows may need, so that
   * they keep their place in the dump. The scratch database runs them together with the statements
   * after all rows.
   */
  public void writeBetweenBlocks() {
    if (afterRows.list().size() > arranged) {
      arrange();
    }
    writeLargeObjects();
  }

  private void arrange() {
    List<Statement> unwritten = afterRows.list().subList(written, afterRows.list().size());
    List<Statement> late = PostData.removeLate(unwritten, lateBegun);
    if (!unwritten.isEmpty()) {
      skeleton.between(next++, unwritten);
      written += unwritten.size();
    }
    moveAfterRows(late);
    arranged = afterRows.list().size();
  }

  /** Writes the lines around a COPY block. Returns the part's number, for the frames of rows. */
  public long block(CopyStart copy) {
    acts.refuse(copy);
    long part = next++;
    skeleton.table(part, copy);
    return part;
  }

  /** Keeps statements that precede rows of the dump and are written after all rows. */
  void moveAfterRows(List<Statement> late) {
    lateBegun |= !late.isEmpty();
    afterRows.list().addAll(late);
  }

  /** The statements that follow the first rows. The caller may add statements to the list. */
  public List<Statement> afterRows() {
    return afterRows.list();
  }

  /** The statements that are not in frames yet. */
  public List<Statement> unwritten() {
    return new ArrayList<>(afterRows.list().subList(written, afterRows.list().size()));
  }

  /** Writes the last part. */
  public void tail(List<Statement> statements, Unverified unverified) {
    skeleton.tail(next++, statements, unverified::has);
  }

  /**
   * Throws if a statement that is in a frame already failed in the scratch database. Such a
   * statement cannot be left out of the output any more.
   *
   * @param failed the statements that failed over the masked rows
   * @param unverified the statements that the scratch database could not run
   */
  public void requireWrittenSucceeded(Set<Statement> failed, Unverified unverified) {
    for (Statement statement : afterRows.list().subList(0, written)) {
      if (failed.contains(statement) || unverified.has(statement)) {
        throw new DecantException(
            ErrorCode.DATABASE_FAILED,
            "Line "
                + statement.line()
                + " of the dump, "
                + statement.object()
                + ": The statement fails in the scratch database, and a restore cannot leave it out"
                + " because it precedes the rows of another table. Make the dump with pg_dump,"
                + " which writes such statements after all rows.");
      }
    }
  }
}
