package dev.decant.scale;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.live.LiveSource;
import dev.decant.policy.Policy;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.sanitize.PreparedRun;
import dev.decant.sanitize.Sanitization;
import dev.decant.sanitize.SanitizeRequest;
import dev.decant.sanitize.SharedRun;
import dev.decant.stream.Digests;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * The plan of a run: it checks the policy, claims the work, makes the scratch databases, and cuts
 * the tables into items. A new plan takes the place of an earlier one of the same run. If two
 * processes plan the same run at the same time, the claims let only one of them do it.
 */
public final class Planning {
  private final SanitizeRequest request;
  private final ScaleFiles files;
  private final SharedRun run;
  private final long itemBytes;

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
    return planning.plan(location);
  }

  private Planned plan(String location) {
    PlannedSource source = PlannedSource.of(request.source(), location, this::largeObjects);
    SourceFacts facts = source.facts();
    SanitizeRequest recorded = request.of(new RecordedDump(facts, source.dump()));
    List<List<PlannedRows>> items = Items.of(source.rows(), itemBytes);
    if (Sanitization.prepare(recorded, run, new Files(recorded, source, items)).isEmpty()) {
      return planned(items.size());
    }
    forget(Set.of());
    write(new ScalePlan(facts, request.name(), request.inputs(), List.of(), null, "", List.of()));
    return planned(0);
  }

  /** Removes what this plan or an earlier one of the same run left. */
  private void forget(Set<String> held) {
    var _ = Forgetting.run(request.store(), request.scratch().server(), run, held, message -> {});
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

  /** The files of a run that is not published yet. */
  private final class Files implements PreparedRun.Plan {
    private final SanitizeRequest recorded;
    private final PlannedSource source;
    private final List<List<PlannedRows>> items;
    private boolean wrote;

    Files(SanitizeRequest recorded, PlannedSource source, List<List<PlannedRows>> items) {
      this.recorded = recorded;
      this.source = source;
      this.items = items;
    }

    @Override
    public void begin() {
      forget(Set.copyOf(Sanitization.claims(recorded)));
    }

    @Override
    public void write(PreparedRun prepared) {
      try (Connection connection = prepared.rows().connect()) {
        new ControlTable(run.id()).create(connection);
      } catch (SQLException e) {
        throw DatabaseErrors.of(e, ErrorCode.DATABASE_FAILED, "closing a connection");
      }
      wrote = true;
      files.seal(RecordedDump.FILE, source.dump());
      Planning.this.write(
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
              Digests.sha256(source.dump()),
              items));
    }

    @Override
    public void undo() {
      if (wrote) {
        forget(Set.of());
      }
    }
  }

  /** The plan comes last, because a run has a plan as soon as this file exists. */
  private void write(ScalePlan plan) {
    files.write(Items.FILE, ScaleFiles.text(Items.json(plan.items().size())));
    files.seal(ScalePlan.FILE, plan.json());
  }

  private Planned planned(int items) {
    return new Planned(items, files.location(Items.FILE));
  }
}
