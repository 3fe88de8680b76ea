package dev.decant.scale;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.Database;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.run.Prefetch;
import dev.decant.sanitize.MaskedShare;
import dev.decant.sanitize.Sanitization;
import dev.decant.sanitize.SanitizeRequest;
import dev.decant.sanitize.SanitizeResult;
import dev.decant.sanitize.SharedRun;
import dev.decant.sanitize.StoredShares;
import dev.decant.sanitize.StoredShares.Stored;
import dev.decant.scratch.ScratchServers;
import dev.decant.stream.Digests;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * The end of a run: it proves that each item is done, verifies all rows as an ordinary run does,
 * and publishes the snapshot. Then it removes what the run needed.
 */
public final class Finishing {
  /** The files of facts that are read ahead. */
  private static final int AHEAD = 16;

  private final ScaleFiles files;
  private final ScalePlan plan;
  private final SharedRun run;

  private Finishing(ScaleFiles files, ScalePlan plan, SharedRun run) {
    this.files = files;
    this.plan = plan;
    this.run = run;
  }

  /**
   * The result.
   *
   * @param source the location of the source, without credentials
   */
  public record Finished(String source, SanitizeResult result) {}

  /**
   * Finishes a run.
   *
   * @throws DecantException ROWS_DIFFER if an item is not done; then the run can be continued. For
   *     every other failure as {@link Sanitization#run}
   */
  public static Finished run(RunRequest requests, SharedRun run) {
    ScaleFiles files = new ScaleFiles(requests.store(), run);
    ScalePlan plan = ScalePlan.read(files, run.id());
    SanitizeRequest request = requests.of(files, plan);
    // This comes before the claim, which would take the work away from a process that is at work.
    files.requireNotTaken(plan.snapshot());
    Finishing finishing = new Finishing(files, plan, run);
    SanitizeResult result = Sanitization.finish(request, finishing.shares(request));
    finishing.forget(request);
    return new Finished(plan.source().uri(), result);
  }

  /**
   * Removes what the run needed. A failure is only a message, because the snapshot is published.
   */
  private void forget(SanitizeRequest request) {
    Consumer<String> message = request.execution().progress()::message;
    try {
      var _ = Forgetting.run(request.store(), request.scratch().server(), run, message);
    } catch (DecantException e) {
      message.accept(
          "Warning: The snapshot is published, but something that the run needed was not removed. "
              + e.getMessage()
              + " Run `decant scale forget --run "
              + run.id()
              + "`.");
    }
  }

  private StoredShares shares(SanitizeRequest request) {
    ScalePlan.Scratch scratch = plan.scratch();
    if (scratch == null) {
      return new StoredShares(run, "", this::noRows);
    }
    Database rows = ScratchServers.kept(request.scratch().server(), run.role(), scratch.rows());
    return new StoredShares(run, scratch.rows(), () -> taken(rows));
  }

  /** The plan found that the snapshot was published, so there must be nothing to do. */
  private List<Stored> noRows() {
    throw new DecantException(
        ErrorCode.SNAPSHOT_NOT_FOUND,
        "The snapshot "
            + plan.snapshot()
            + " was published when the run "
            + run.id()
            + " was planned, but it does not exist any more. Start again with a new plan.");
  }

  /** Takes the rows, so that no other process can take them or add to them. */
  private List<Stored> taken(Database rows) {
    ControlTable control = new ControlTable(run.id());
    try (Connection transaction = rows.connect()) {
      transaction.setAutoCommit(false);
      List<Stored> shares = read(control.all(transaction, plan.items().size()));
      control.drop(transaction);
      transaction.commit();
      files.markTaken();
      return shares;
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "taking the rows of the run");
    }
  }

  private List<Stored> read(List<ControlTable.Done> items) {
    Iterator<ControlTable.Done> next = items.iterator();
    List<Stored> shares = new ArrayList<>();
    try (Prefetch<ControlTable.Done, Stored> fetched =
        new Prefetch<>(AHEAD, () -> next.hasNext() ? next.next() : null, this::read, () -> {})) {
      for (var each = fetched.next(); each != null; each = fetched.next()) {
        shares.add(each.value());
      }
    }
    return shares;
  }

  private Stored read(ControlTable.Done done) {
    byte[] json = files.read(done.file()).orElseGet(() -> new byte[0]);
    MaskedShare share =
        ChunkFacts.parse(json)
            .filter(facts -> Digests.sha256(json).equals(done.sha256()))
            .filter(facts -> facts.rowsOut() == done.rows())
            .orElseThrow(() -> damaged(done));
    String name = done.file().substring(0, done.file().lastIndexOf('.'));
    String trace = files.key(name + ".trace");
    return new Stored(
        share,
        ScalePlan.tables(plan.items().get(done.item())),
        files.key(name + ".frames"),
        () -> files.openSealed(trace));
  }

  private DecantException damaged(ControlTable.Done done) {
    return new DecantException(
        ErrorCode.SNAPSHOT_DAMAGED,
        files.location(done.file())
            + " is absent or was changed after item "
            + done.item()
            + " was loaded. Nothing is published. Start the run again with a new plan.");
  }
}
