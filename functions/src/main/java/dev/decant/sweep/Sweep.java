package dev.decant.sweep;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Deletes leftovers of several kinds. A failure is reported, and the rest goes on. */
public final class Sweep {
  /** One line of the report. The name is empty if the whole kind could not be listed. */
  public record Entry(String kind, String name, String why) {}

  /**
   * What was found.
   *
   * @param found what would be deleted, in a dry run
   * @param deleted what was deleted
   * @param left what stays because it must
   * @param failed what could not be listed or deleted
   */
  public record Report(
      List<Entry> found, List<Entry> deleted, List<Entry> left, List<Entry> failed) {
    public Report {
      found = List.copyOf(found);
      deleted = List.copyOf(deleted);
      left = List.copyOf(left);
      failed = List.copyOf(failed);
    }

    /** The number of deleted leftovers of a kind. */
    public int deleted(String kind) {
      return (int) deleted.stream().filter(entry -> entry.kind().equals(kind)).count();
    }
  }

  private final boolean dryRun;
  private final List<Entry> found = new ArrayList<>();
  private final List<Entry> deleted = new ArrayList<>();
  private final List<Entry> left = new ArrayList<>();
  private final List<Entry> failed = new ArrayList<>();

  private Sweep(boolean dryRun) {
    this.dryRun = dryRun;
  }

  /**
   * Sweeps the kinds in their order.
   *
   * @param dryRun whether nothing is deleted
   */
  public static Report run(List<Leftovers> kinds, boolean dryRun) {
    Sweep sweep = new Sweep(dryRun);
    kinds.forEach(sweep::kind);
    return new Report(sweep.found, sweep.deleted, sweep.left, sweep.failed);
  }

  private void kind(Leftovers kind) {
    int before = deleted.size();
    attempt(kind, "", () -> kind.find().forEach(each -> attempt(kind, each)));
    if (deleted.size() > before) {
      attempt(kind, "", kind::deleted);
    }
  }

  private void attempt(Leftovers kind, Leftover leftover) {
    Entry entry = new Entry(kind.kind(), leftover.name(), leftover.why());
    if (leftover.stays()) {
      left.add(entry);
    } else if (dryRun) {
      found.add(entry);
    } else {
      attempt(kind, leftover.name(), () -> delete(entry, leftover));
    }
  }

  private void delete(Entry entry, Leftover leftover) {
    Optional<String> stays = leftover.deletion().delete();
    if (stays.isEmpty()) {
      deleted.add(entry);
    } else {
      left.add(new Entry(entry.kind(), entry.name(), stays.get()));
    }
  }

  private void attempt(Leftovers kind, String name, Runnable work) {
    try {
      work.run();
    } catch (DecantException e) {
      failed.add(new Entry(kind.kind(), name, e.code() + ": " + e.getMessage()));
    } catch (RuntimeException e) {
      // Its message could hold anything, so only its class is shown.
      String what = ErrorCode.BUG + ": unexpected " + e.getClass().getName();
      failed.add(new Entry(kind.kind(), name, what + ". Please report this defect."));
    }
  }
}
