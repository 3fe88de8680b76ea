package dev.decant.scale;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.Database;
import dev.decant.run.Waits;
import dev.decant.sanitize.MaskedShare;
import dev.decant.sanitize.SanitizeRequest;
import dev.decant.sanitize.ShareRun;
import dev.decant.sanitize.SharedRun;
import dev.decant.schema.TableName;
import dev.decant.scratch.ScratchServers;
import dev.decant.stream.Digests;
import java.io.InputStream;
import java.security.SecureRandom;
import java.sql.Connection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Masks and loads one item of a run. It may be run again, and also at the same time as another
 * attempt at the same item: one of them loads the rows, and the others find that they are loaded.
 */
public final class ChunkRun implements ShareRun.Share {
  private static final int ATTEMPT_BYTES = 6;

  private final ScaleFiles files;
  private final ControlTable control;
  private final int item;
  private final List<PlannedRows> planned;
  private final ItemRows rows;
  private final String name;

  /** Whether the rows were to be committed. */
  private boolean ended;

  private ChunkRun(
      ScaleFiles files, ControlTable control, int item, List<PlannedRows> planned, ItemRows rows) {
    this.files = files;
    this.control = control;
    this.item = item;
    this.planned = planned;
    this.rows = rows;
    byte[] attempt = new byte[ATTEMPT_BYTES];
    new SecureRandom().nextBytes(attempt);
    this.name = "chunk-" + item + '-' + HexFormat.of().formatHex(attempt);
  }

  /**
   * The result.
   *
   * @param rows the number of masked rows, or -1 if another attempt has loaded them
   */
  public record Masked(int item, long rows) {}

  /**
   * Masks and loads an item.
   *
   * @param requests makes the request of the run for its dump and its name
   */
  public static Masked run(RunRequest requests, SharedRun run, int item, LiveAccess access) {
    ScaleFiles files = new ScaleFiles(requests.store(), run);
    ScalePlan plan = ScalePlan.read(files, run.id());
    ScalePlan.Scratch scratch = plan.scratch();
    if (item < 0 || item >= plan.items().size() || scratch == null) {
      throw new DecantException(
          ErrorCode.USAGE,
          "The run "
              + run.id()
              + " has "
              + plan.items().size()
              + " items, which are counted from 0, so it has no item "
              + item
              + ". Name one of them with --item.");
    }
    SanitizeRequest request = requests.of(files, plan);
    files.requireNotTaken(plan.snapshot());
    List<PlannedRows> planned = plan.items().get(item);
    String server = request.scratch().server();
    Database schema = ScratchServers.kept(server, run.role(), scratch.schema());
    Database rows = ScratchServers.kept(server, run.role(), scratch.rows());
    try (ItemRows source = ItemRows.open(plan.source(), planned, access)) {
      ChunkRun chunk = new ChunkRun(files, new ControlTable(run.id()), item, planned, source);
      return chunk.run(
          request,
          new ShareRun.Prepared(run, schema, rows, scratch.types(), scratch.ofExtensions()));
    }
  }

  private Masked run(SanitizeRequest request, ShareRun.Prepared prepared) {
    try {
      Optional<MaskedShare> masked = ShareRun.run(request, prepared, this);
      return new Masked(item, masked.map(MaskedShare::rowsOut).orElse(-1L));
    } catch (RuntimeException e) {
      // After that, the rows may be in the scratch database, also if the answer was lost.
      if (!ended) {
        removeFiles(e);
      }
      throw e;
    }
  }

  /** Removes the files of an attempt that failed, because the run may be forgotten already. */
  private void removeFiles(RuntimeException failure) {
    try {
      Waits.uninterrupted(() -> files.deleteAll(name + '.'));
    } catch (DecantException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public Set<TableName> tables() {
    return ScalePlan.tables(planned);
  }

  @Override
  public InputStream rows(TableName table) {
    return rows.rows(
        planned.stream().filter(each -> each.table().equals(table)).findFirst().orElseThrow());
  }

  @Override
  public boolean begin(Connection transaction) {
    return control.begin(transaction, item).isEmpty();
  }

  @Override
  public void end(Connection transaction, MaskedShare masked) {
    rows.requireUnchanged();
    byte[] facts = ChunkFacts.json(masked);
    String file = name + ".json";
    files.write(file, facts);
    control.end(
        transaction, new ControlTable.Done(item, file, Digests.sha256(facts), masked.rowsOut()));
    ended = true;
  }

  @Override
  public String frames() {
    return files.key(name + ".frames");
  }

  @Override
  public String trace() {
    return files.key(name + ".trace");
  }
}
