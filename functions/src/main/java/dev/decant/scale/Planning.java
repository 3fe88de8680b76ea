package dev.decant.scale;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.live.LiveSource;
import dev.decant.policy.Policy;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.run.Waits;
import dev.decant.sanitize.PreparedRun;
import dev.decant.sanitize.Sanitization;
import dev.decant.sanitize.SanitizeRequest;
import dev.decant.sanitize.SanitizeResult;
import dev.decant.sanitize.SharedRun;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The plan of a run: it checks the policy, claims the work, makes the scratch databases, and cuts
 * the tables into items. A new plan takes the place of an earlier one of the same run.
 */
public final class Planning {
  private final SanitizeRequest request;
  private final ScaleFiles files;
  private final SharedRun run;
  private final long itemBytes;
  private boolean wrote;

  /**
   * The result.
   *
   * @param items the number of items
   * @param list the location of the file that lists them
   */
  public record Planned(int items, String list) {}

  private Planning(SanitizeRequest request, SharedRun run, long itemBytes) {
    this.request = request;
    this.run = run;
    this.files = new ScaleFiles(request.store(), run);
    this.itemBytes = itemBytes;
  }

  /**
   * Makes the plan.
   *
   * @param request its source is a {@link LiveSource}, or an archive in the directory format
   * @param location the source as the user wrote it
   * @param itemBytes the size of the rows of an item, as the source stores them
   * @throws DecantException NOT_DIVISIBLE if several processes cannot share the source. For every
   *     other failure as {@link Sanitization#run}. Then nothing is left behind
   */
  public static Planned run(
      SanitizeRequest request, String location, SharedRun run, long itemBytes) {
    Planning planning = new Planning(request, run, itemBytes);
    // Files that this process cannot read may belong to a run of somebody else.
    var _ = ScalePlan.find(planning.files, run.id());
    planning.forget();
    return planning.plan(location);
  }

  /** Removes what an earlier process left that was killed, or what this one kept for others. */
  private void forget() {
    var _ = Forgetting.run(request.store(), request.scratch().server(), run, message -> {});
  }

  private Planned plan(String location) {
    PlannedSource source = PlannedSource.of(request.source(), location, this::largeObjects);
    SourceFacts facts = source.facts();
    SanitizeRequest recorded = request.of(new RecordedDump(facts, source.dump()));
    List<List<PlannedRows>> items = Items.of(source.rows(), itemBytes);
    try {
      Optional<SanitizeResult> published =
          Sanitization.prepare(recorded, run, prepared -> write(recorded, source, prepared, items));
      return published.isPresent()
          ? write(
              new ScalePlan(facts, request.name(), request.inputs(), List.of(), null, List.of()))
          : planned(ScalePlan.read(files, run.id()));
    } catch (RuntimeException e) {
      if (wrote && !isLost(e)) {
        Waits.uninterrupted(this::forget);
      }
      throw e;
    }
  }

  /** Whether another process took the work over, to which everything of the run then belongs. */
  private static boolean isLost(RuntimeException failure) {
    return failure instanceof DecantException e && e.code() == ErrorCode.REFUSED;
  }

  private void largeObjects() {
    if (request.policy().objects().largeObjects() == Policy.LargeObjects.KEEP) {
      throw new DecantException(
          ErrorCode.NOT_DIVISIBLE,
          "The policy keeps the large objects of the source, but `decant scale` does not copy large"
              + " objects. Write `large-objects: empty` or `large-objects: drop` into the policy if"
              + " nobody needs them in the snapshot. Otherwise use `decant sanitize`, which copies"
              + " them.");
    }
  }

  private void write(
      SanitizeRequest recorded,
      PlannedSource source,
      PreparedRun prepared,
      List<List<PlannedRows>> items) {
    try (Connection connection = prepared.rows().connect()) {
      new ControlTable(run.id()).create(connection);
    } catch (SQLException e) {
      throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "closing a connection");
    }
    wrote = true;
    files.seal(RecordedDump.FILE, source.dump());
    write(
        new ScalePlan(
            source.facts(),
            request.name(),
            request.inputs(),
            Sanitization.claims(recorded),
            new ScalePlan.Scratch(
                prepared.schema().name(),
                prepared.rows().name(),
                prepared.types(),
                prepared.ofExtensions()),
            items));
  }

  /** The plan comes last, because a run has a plan as soon as this file exists. */
  private Planned write(ScalePlan plan) {
    files.write(Items.FILE, ScaleFiles.text(Items.json(plan.items().size())));
    files.seal(ScalePlan.FILE, plan.json());
    return planned(plan);
  }

  private Planned planned(ScalePlan plan) {
    return new Planned(plan.items().size(), files.location(Items.FILE));
  }
}
