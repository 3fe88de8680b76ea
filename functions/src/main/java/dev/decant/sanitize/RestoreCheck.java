package dev.decant.sanitize;

import dev.decant.dump.DumpPart;
import dev.decant.dump.DumpReader;
import dev.decant.dump.RowBatch;
import dev.decant.dump.ScratchDdl;
import dev.decant.dump.StatementKind;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.frame.FrameLimits;
import dev.decant.frame.SpooledFrame;
import dev.decant.frame.SpooledText;
import dev.decant.load.CopyInto;
import dev.decant.load.DdlRun;
import dev.decant.load.DdlStatement;
import dev.decant.load.ScratchExtensions;
import dev.decant.load.SnapshotSchema;
import dev.decant.load.Unverified;
import dev.decant.postgres.DatabaseEncoding;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.run.RunGuard;
import dev.decant.scratch.ScratchDatabase;
import dev.decant.scratch.ScratchServer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Restores the finished dump once more into a new scratch database, from its frames only. It runs
 * every statement and loads every row in their order, as a reader of the snapshot does.
 */
final class RestoreCheck {
  private final RunGuard guard;
  private final Unverified unverified;

  private RestoreCheck(RunGuard guard, Unverified unverified) {
    this.guard = guard;
    this.unverified = unverified;
  }

  /**
   * Restores the whole dump.
   *
   * @throws DecantException if a statement or a row fails
   */
  static void run(ScratchServer server, VerifiedSnapshot verified, RunGuard guard) {
    List<SpooledFrame> frames = verified.frames().list().inOrder();
    RestoreCheck check = new RestoreCheck(guard, verified.unverified());
    ScratchExtensions extensions =
        ScratchExtensions.of(verified.dump().beforeRows(), server.extensions());
    DatabaseEncoding encoding = verified.dump().header().encoding();
    try (ScratchDatabase database = server.create("restore", extensions.present(), encoding);
        Connection connection = database.connect();
        DumpReader reader = new DumpReader(new SpooledText(verified.frames().spool(), frames))) {
      long rows = check.restore(reader, connection);
      long expected = frames.stream().mapToLong(SpooledFrame::rows).sum();
      if (rows != expected) {
        throw new DecantException(
            ErrorCode.SNAPSHOT_DAMAGED,
            "The restored dump has "
                + rows
                + " rows, but its frames should contain "
                + expected
                + " rows. Nothing is published. Please report this error.");
      }
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "restoring the finished dump");
    }
  }

  private long restore(DumpReader reader, Connection connection) throws SQLException {
    RowBatch batch = new RowBatch(FrameLimits.USUAL_TEXT);
    long rows = 0;
    for (DumpPart part = reader.next(); !(part instanceof DumpPart.End); part = reader.next()) {
      guard.check();
      switch (part) {
        case DumpPart.Statement statement -> execute(connection, statement);
        case DumpPart.CopyStart copy -> {
          unverified.createTableAgain(connection, copy);
          rows += copy(reader, connection, copy, batch);
        }
        case DumpPart.End end -> {}
      }
    }
    return rows;
  }

  private void execute(Connection connection, DumpPart.Statement statement) {
    StatementKind kind = statement.kind();
    boolean largeObject = kind.ofLargeObjects();
    if (kind == StatementKind.EXTENSION
        || statement.optional()
        || kind.output() == StatementKind.Output.DROP
        || (kind.scratch() == StatementKind.Scratch.NEVER && !largeObject)) {
      // These are \set ON_ERROR_STOP, objects that exist already, statements that failed before,
      // and features that the server lacks, such as lz4.
      return;
    }
    String sql =
        largeObject
            ? new String(statement.text(), StandardCharsets.UTF_8)
            : ScratchDdl.forScratch(SnapshotSchema.whereMissing(statement), false);
    DdlRun.inOrder(connection, List.of(DdlStatement.of(statement, sql)), guard::check, unverified);
  }

  private static long copy(
      DumpReader reader, Connection connection, DumpPart.CopyStart copy, RowBatch batch) {
    String doing = "restoring table " + copy.table();
    String statement = CopyInto.statement(copy.table(), copy.columns());
    try (CopyInto into = new CopyInto(connection, statement, doing)) {
      while (reader.readRows(batch)) {
        into.write(batch.bytes(), 0, batch.length());
      }
      return into.commit();
    }
  }
}
