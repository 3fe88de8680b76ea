package dev.decant.sanitize;

import dev.decant.dump.DumpReader;
import dev.decant.dump.Expressions;
import dev.decant.dump.ReadOptions;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.frame.Frame;
import dev.decant.frame.FrameList;
import dev.decant.frame.FrameSpool;
import dev.decant.frame.SpooledFrame;
import dev.decant.load.SessionSettings;
import dev.decant.policy.CheckedPolicy;
import dev.decant.policy.MaskCatalog;
import dev.decant.policy.check.PolicyCheck;
import dev.decant.postgres.Database;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.progress.ReadProgress;
import dev.decant.progress.StageTimings;
import dev.decant.run.Interrupt;
import dev.decant.run.RunGuard;
import dev.decant.sanitize.MaskedShare.MaskedTable;
import dev.decant.sanitize.output.DumpHead;
import dev.decant.sanitize.output.DumpOutline;
import dev.decant.sanitize.output.OutputParts;
import dev.decant.sanitize.output.SkeletonFrames;
import dev.decant.sanitize.row.CopyBlock;
import dev.decant.sanitize.row.RowPipeline;
import dev.decant.schema.CatalogReader;
import dev.decant.schema.Schema;
import dev.decant.schema.TableName;
import dev.decant.source.DumpStream;
import dev.decant.source.Source;
import dev.decant.store.SnapshotStore.Upload;
import dev.decant.stream.SealedOutput;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Masks and loads a share of the rows of a {@link SharedRun}. The rows reach the scratch database
 * in one transaction, and the frames and the fingerprints reach the store before it is committed.
 */
public final class ShareRun {
  private final SanitizeRequest request;
  private final Prepared prepared;
  private final Share share;
  private final RunGuard guard;
  private final StageTimings timings = new StageTimings();
  private final Map<TableName, CopyBlock> blocks = new LinkedHashMap<>();

  /** What {@link PreparedRun} says, as another process knows it. */
  public record Prepared(
      SharedRun run,
      Database schema,
      Database rows,
      Map<String, String> types,
      Set<TableName> ofExtensions) {
    public Prepared {
      types = Map.copyOf(types);
      ofExtensions = Set.copyOf(ofExtensions);
    }
  }

  /** The share of this process. */
  public interface Share {
    /** The tables of which it has rows. */
    Set<TableName> tables();

    /** Opens the rows of a table, with the line that ends them. The caller closes them. */
    InputStream rows(TableName table);

    /**
     * Is called in the transaction before the first row.
     *
     * @return false if another process has done this share
     */
    boolean begin(Connection transaction);

    /** Is called in the transaction after the last row, when the files are in the store. */
    void end(Connection transaction, MaskedShare masked);

    /** The key of the file of frames. */
    String frames();

    /** The key of the file of fingerprints. */
    String trace();
  }

  private ShareRun(SanitizeRequest request, Prepared prepared, Share share, RunGuard guard) {
    this.request = request;
    this.prepared = prepared;
    this.share = share;
    this.guard = guard;
  }

  /**
   * Masks and loads the share.
   *
   * @param request its source is the dump without rows; its name and its store are those of the run
   * @return the number of masked rows; empty if another process has done this share
   * @throws DecantException for every failure; the transaction is rolled back then
   */
  public static Optional<MaskedShare> run(SanitizeRequest request, Prepared prepared, Share share) {
    RunGuard guard =
        new RunGuard(request.execution().deadline(), "nothing is published", "Give it more time.");
    Interrupt interrupt = new Interrupt(guard);
    try (guard;
        interrupt;
        WorkFolder folder = WorkFolder.create(request.execution().workFolder());
        FrameSpool spool = new FrameSpool(folder.path());
        LeakTrace trace = LeakTrace.shared(request, folder.path(), guard, prepared.run())) {
      ShareRun run = new ShareRun(request, prepared, share, guard);
      return guard.interruptibly(() -> run.masked(spool, trace));
    } catch (DecantException e) {
      throw guard.orEnd(e);
    }
  }

  private Optional<MaskedShare> masked(FrameSpool spool, LeakTrace trace) {
    DumpOutline outline =
        DumpOutline.of(request.source(), request.policy(), guard, request.execution().progress());
    FrameList frames = new FrameList();
    try (SkeletonFrames skeleton = new SkeletonFrames(spool, frames, request.policy());
        DumpStream stream = DumpStream.open(request.source());
        DumpReader reader =
            new DumpReader(stream.text(), stream.schemaText(), options(request.source()))) {
      OutputParts parts = new OutputParts(request.policy(), guard, skeleton);
      DumpHead head = DumpHead.read(reader, parts, outline.definitions());
      Database rows =
          new SessionSettings(
              prepared.rows(), SessionSettings.of(SessionSettings.onHeap(head.checks().before())));
      try (Connection transaction = rows.connect()) {
        transaction.setAutoCommit(false);
        if (!share.begin(transaction)) {
          return Optional.empty();
        }
        RowStage stage = stage(outline, parts);
        ReadProgress progress = new ReadProgress(request.execution().progress(), () -> 0);
        RowPipeline pipeline =
            new RowPipeline(
                1,
                work -> work.with(transaction),
                spool,
                frames,
                trace.kits(request),
                guard,
                progress,
                timings);
        stage.load(
            reader,
            head.next(),
            new ShareRows(pipeline, share, blocks, request.source(), head.header(), guard),
            guard);
        MaskedShare masked = stored(spool, frames, trace, stage);
        share.end(transaction, masked);
        guard.check();
        transaction.commit();
        return Optional.of(masked);
      }
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "loading a share of the rows");
    }
  }

  static ReadOptions options(Source source) {
    return new ReadOptions(source.database(), source.encoding(), Expressions.UNUSED);
  }

  /** Checks the policy again, so that no process masks rows by a policy that was not checked. */
  private RowStage stage(DumpOutline outline, OutputParts parts) {
    Schema catalog;
    try (Connection connection = prepared.schema().connect()) {
      catalog = CatalogReader.read(connection, prepared.types());
    } catch (SQLException e) {
      throw DatabaseErrors.closing(e);
    }
    CheckedPolicy checked =
        PolicyCheck.check(
            request.policy(),
            catalog,
            true,
            outline.copied().keySet(),
            MaskCatalog.standard(),
            outline.ddl());
    return new RowStage(request, checked, catalog, parts, prepared.ofExtensions());
  }

  private MaskedShare stored(FrameSpool spool, FrameList frames, LeakTrace trace, RowStage stage) {
    List<MaskedTable> tables = new ArrayList<>();
    List<SpooledFrame> all = frames.inOrder();
    try (Upload upload = request.store().upload(share.frames())) {
      long offset = 0;
      byte[] buffer = new byte[0];
      for (Map.Entry<TableName, CopyBlock> each : blocks.entrySet()) {
        List<Frame> placed = new ArrayList<>();
        for (SpooledFrame frame : all) {
          if (frame.kind() == Frame.Kind.ROWS && each.getKey().equals(frame.table())) {
            guard.check();
            buffer = buffer.length < frame.length() ? new byte[frame.length()] : buffer;
            spool.read(frame, buffer);
            upload.write(buffer, 0, frame.length());
            placed.add(frame.at(offset));
            offset += frame.length();
          }
        }
        CopyBlock block = each.getValue();
        tables.add(new MaskedTable(each.getKey(), block.rowsIn(), block.rowsOut(), placed));
      }
      upload.commit();
    }
    storeTrace(trace);
    return new MaskedShare(tables, stage.anchors().all(), trace.sources(), trace.excepted());
  }

  private void storeTrace(LeakTrace trace) {
    try (Upload upload = request.store().upload(share.trace())) {
      try (SealedOutput sealed =
          new SealedOutput(prepared.run().fileKey(share.trace()), upload::write)) {
        trace.write(sealed);
      }
      upload.commit();
    } catch (IOException e) {
      throw new IllegalStateException(e); // uploads throw no IOException
    }
  }
}
