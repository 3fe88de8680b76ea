package dev.decant.sanitize.output;

import dev.decant.copy.Bytes;
import dev.decant.dump.DumpHeader;
import dev.decant.dump.DumpPart.CopyStart;
import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.PsqlRestriction;
import dev.decant.dump.Skeleton;
import dev.decant.dump.StatementKind;
import dev.decant.frame.Frame;
import dev.decant.frame.FrameCompressor;
import dev.decant.frame.FrameLimits;
import dev.decant.frame.FrameList;
import dev.decant.frame.FrameSpool;
import dev.decant.frame.SpooledFrame;
import dev.decant.load.SnapshotSchema;
import dev.decant.policy.ExtensionRule;
import dev.decant.policy.Policy;
import dev.decant.policy.Policy.LargeObjects;
import dev.decant.postgres.DatabaseEncoding;
import dev.decant.schema.TableName;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes the frames of a snapshot that contain no rows: the DDL without the parts that must not be
 * published, and the lines around the rows of each table.
 */
public final class SkeletonFrames implements AutoCloseable {
  private static final long END = Long.MAX_VALUE;
  private static final byte[] UTF8 = Skeleton.clientEncoding(DatabaseEncoding.UTF8);

  private final FrameSpool spool;
  private final FrameList frames;
  private final Policy policy;
  private final FrameCompressor compressor = new FrameCompressor();
  private final Bytes largeObjects = new Bytes(1 << 12);
  private String restriction = "";
  private DatabaseEncoding encoding = DatabaseEncoding.UTF8;

  /** The search path of the last statement, which is null if it is that of the beginning. */
  private @Nullable String searchPath;

  /** The statement that sets the search path of the beginning. */
  private byte[] firstPath = Skeleton.searchPath("\"$user\", public");

  public SkeletonFrames(FrameSpool spool, FrameList frames, Policy policy) {
    this.spool = spool;
    this.frames = frames;
    this.policy = policy;
  }

  /**
   * Writes the first frame: the header, the commands that make psql stop at an error and accept no
   * further commands, and the DDL that precedes the rows.
   *
   * @param key the key of {@link PsqlRestriction}
   * @param optional whether a restore continues if a statement fails
   */
  public void head(
      long part,
      DumpHeader header,
      String key,
      List<Statement> statements,
      Predicate<Statement> optional) {
    restriction = key;
    encoding = header.encoding();
    Bytes text = new Bytes(1 << 16);
    text.append(header.text());
    text.append("-- Sanitized by decant\n\n\\set ON_ERROR_STOP on\n\n");
    text.append(PsqlRestriction.begin(restriction));
    text.append("\n");
    append(text, statements, optional);
    ddl(part, text);
  }

  /** Writes statements that stand between two tables. */
  void between(long part, List<Statement> statements) {
    Bytes text = new Bytes(1 << 12);
    append(text, statements, statement -> false);
    ddl(part, text);
  }

  /**
   * Adds a statement about large objects, if it is in the output, to the next frame.
   *
   * @return whether a frame was written for this part
   */
  boolean largeObject(long part, Statement statement) {
    append(largeObjects, List.of(statement), any -> false);
    return largeObjects.length() >= FrameLimits.USUAL_TEXT && flushLargeObjects(part);
  }

  /** Writes the statements about large objects that were added. Returns false if there are none. */
  boolean flushLargeObjects(long part) {
    boolean any = largeObjects.length() > 0;
    ddl(part, largeObjects);
    largeObjects.clear();
    return any;
  }

  /** Writes the last frame: the DDL after the rows, the footer, and the end of the restriction. */
  void tail(long part, List<Statement> statements, Predicate<Statement> optional) {
    Bytes text = new Bytes(1 << 16);
    append(text, statements, optional);
    text.append(Skeleton.footer());
    text.append(PsqlRestriction.end(restriction));
    ddl(part, text);
  }

  /** Writes the lines before and after the rows of a table. */
  void table(long part, CopyStart copy) {
    Bytes text = new Bytes(512);
    text.append(EntryComments.published(copy.comment()));
    text.append(copy.text());
    text.append((byte) '\n');
    add(part, 0, Frame.Kind.COPY, copy.table(), text);
    text.clear();
    text.append("\\.\n\n\n");
    add(part, END, Frame.Kind.END, copy.table(), text);
  }

  private void append(Bytes text, List<Statement> statements, Predicate<Statement> optional) {
    for (Statement statement : statements) {
      if (isPublished(statement)) {
        boolean mayFail = optional.test(statement);
        searchPath(text, statement);
        text.append(EntryComments.published(statement.comment()));
        text.append(mayFail ? PsqlRestriction.beforeOptional(restriction) : "");
        text.append(published(statement));
        text.append(mayFail ? "\n" + PsqlRestriction.afterOptional(restriction) : "\n");
        text.append(statement.comment().length > 0 ? "\n\n" : "");
      }
    }
  }

  private byte[] published(Statement statement) {
    boolean declares =
        statement.kind() == StatementKind.SETTING && Arrays.equals(statement.text(), UTF8);
    return declares ? Skeleton.clientEncoding(encoding) : Skeleton.published(statement);
  }

  /** Changes the search path if it is not that of the statement before. */
  private void searchPath(Bytes text, Statement statement) {
    if (statement.kind() == StatementKind.SEARCH_PATH) {
      firstPath = statement.text();
    } else if (!Objects.equals(searchPath, statement.searchPath())) {
      searchPath = statement.searchPath();
      text.append(searchPath == null ? firstPath : Skeleton.searchPath(searchPath));
      text.append("\n\n");
    }
  }

  /** Whether a statement is in the output. */
  public boolean isPublished(Statement statement) {
    return isPublished(statement, policy);
  }

  /** Whether a statement is in the output under a policy, without regard to its rules for DDL. */
  public static boolean isPublished(Statement statement, Policy policy) {
    StatementKind kind = statement.kind();
    if (kind.output() == StatementKind.Output.DROP) {
      return false;
    }
    LargeObjects large = policy.objects().largeObjects();
    return switch (kind) {
      case EXTENSION ->
          policy.objects().extensions().get(SnapshotSchema.extension(statement))
              != ExtensionRule.DROP;
      case COMMENT -> !policy.objects().dropComments();
      case LARGE_OBJECT_CREATE -> large == LargeObjects.KEEP || large == LargeObjects.EMPTY;
      case LARGE_OBJECT_COMMENT ->
          !policy.objects().dropComments()
              && (large == LargeObjects.KEEP || large == LargeObjects.EMPTY);
      case LARGE_OBJECT_DATA, TRANSACTION -> large == LargeObjects.KEEP;
      default -> true;
    };
  }

  private void ddl(long part, Bytes text) {
    if (text.length() > 0) {
      add(part, 0, Frame.Kind.DDL, null, text);
    }
  }

  private void add(long part, long batch, Frame.Kind kind, @Nullable TableName table, Bytes text) {
    frames.add(
        part,
        batch,
        spool.append(kind, table, 0, compressor.compress(text.array(), 0, text.length())));
  }

  /** Writes a frame of rows that replaces other frames. */
  public SpooledFrame rows(TableName table, long count, byte[] rows, int length) {
    return spool.append(Frame.Kind.ROWS, table, count, compressor.compress(rows, 0, length));
  }

  @Override
  public void close() {
    compressor.close();
  }
}
