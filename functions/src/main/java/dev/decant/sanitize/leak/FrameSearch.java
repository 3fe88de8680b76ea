package dev.decant.sanitize.leak;

import dev.decant.dump.DumpPart;
import dev.decant.dump.DumpPart.CopyStart;
import dev.decant.dump.DumpReader;
import dev.decant.dump.StatementTexts;
import dev.decant.error.DecantException;
import dev.decant.frame.Frame;
import dev.decant.frame.FrameSpool;
import dev.decant.frame.SpooledFrame;
import dev.decant.frame.SpooledText;
import dev.decant.run.RunGuard;
import dev.decant.run.TaskGroup;
import dev.decant.schema.TableName;
import dev.decant.trace.LeakSearch;
import dev.decant.trace.TextFinder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/**
 * Searches the frames of a snapshot for traced values: its statements and its rows.
 *
 * <p>{@link #begin} searches rows by threads in the background, while the scratch database builds
 * constraints. {@link #finish} compares the frames that leave with those that were searched, and
 * searches all others. So the choice of the frames for the background changes the time and never
 * the result. One thread uses this class.
 */
public final class FrameSearch implements AutoCloseable {
  private final FrameSpool spool;
  private final List<CopyStart> copies;
  private final LeakSearch search;
  private final TracePlaces places;
  private final int jobs;
  private final TaskGroup group;
  private final LongAdder nanos = new LongAdder();

  /** The frames of rows that were searched, and the columns in which they were searched. */
  private final Map<SpooledFrame, TracePlaces.Block> searched = new HashMap<>();

  private long number;
  private long backgroundNanos;

  /**
   * @param copies the COPY blocks of the frames in their order
   * @param search its filter has as many shares as there are jobs, and none is filled
   */
  public FrameSearch(
      FrameSpool spool,
      List<CopyStart> copies,
      LeakSearch search,
      TracePlaces places,
      int jobs,
      RunGuard guard) {
    this.spool = spool;
    this.copies = copies;
    this.search = search;
    this.places = places;
    this.jobs = jobs;
    this.group = new TaskGroup("decant-trace", guard::check);
  }

  /**
   * Fills the filter and begins to search rows in the background.
   *
   * @param frames the frames as they are now
   * @param changing the tables whose frames will be replaced
   */
  public void begin(List<SpooledFrame> frames, Set<TableName> changing) {
    Set<TableName> none = Set.of();
    start(unsearched(frames, none, table -> !changing.contains(table)));
  }

  /**
   * Waits for the background, and searches what was not searched. The candidates are then in the
   * search.
   *
   * @param frames all frames that leave
   * @param changed the tables whose frames were replaced
   */
  public void finish(List<SpooledFrame> frames, Set<TableName> changed) {
    group.join();
    backgroundNanos = nanos.sum();
    statements(frames);
    start(unsearched(frames, changed, table -> true));
    group.join();
  }

  /**
   * Returns the failure of the background if it has failed, because any later error may be a
   * consequence of it: the threads that it interrupts close the spool. Otherwise returns the given
   * error.
   */
  public DecantException orFailure(DecantException other) {
    try {
      group.check();
      return other;
    } catch (DecantException failure) {
      return failure;
    }
  }

  /** The sum of the times that the threads took in the background, after {@link #finish}. */
  public long backgroundNanos() {
    return backgroundNanos;
  }

  /** The frames of rows that were not searched in the columns that count. They will be searched. */
  private List<RowSearch.Rows> unsearched(
      List<SpooledFrame> frames, Set<TableName> changed, Predicate<TableName> wanted) {
    List<RowSearch.Rows> rows = new ArrayList<>();
    Iterator<CopyStart> next = copies.iterator();
    TracePlaces.Block block = null;
    for (SpooledFrame frame : frames) {
      TableName table = frame.table();
      if (frame.kind() == Frame.Kind.COPY) {
        CopyStart copy = next.next();
        if (!copy.table().equals(table)) {
          throw new IllegalStateException("The frames are not in the order of the COPY blocks.");
        }
        block = wanted.test(copy.table()) ? places.block(copy, changed.contains(table)) : null;
      } else if (frame.kind() == Frame.Kind.ROWS
          && block != null
          && !block.equals(searched.put(frame, block))
          && block.isSearched()) {
        rows.add(new RowSearch.Rows(frame, block, number++));
      }
    }
    return rows;
  }

  private void start(List<RowSearch.Rows> rows) {
    ConcurrentLinkedQueue<RowSearch.Rows> queue = new ConcurrentLinkedQueue<>(rows);
    for (int i = 0; i < jobs; i++) {
      int share = i;
      group.start(() -> work(share, queue));
    }
  }

  private void work(int share, ConcurrentLinkedQueue<RowSearch.Rows> queue) {
    long start = System.nanoTime();
    if (!search.isFilled()) {
      search.fill(share);
      group.update(() -> {});
      group.await(search::isFilled);
    }
    try (RowSearch rows = new RowSearch(spool, places, search.finder())) {
      for (RowSearch.Rows next = queue.poll(); next != null; next = queue.poll()) {
        group.check();
        rows.search(next);
      }
    }
    nanos.add(System.nanoTime() - start);
  }

  private void statements(List<SpooledFrame> frames) {
    TextFinder finder = search.finder();
    List<SpooledFrame> statements =
        frames.stream().filter(f -> f.kind() != Frame.Kind.ROWS).toList();
    try (DumpReader reader = new DumpReader(new SpooledText(spool, statements))) {
      for (DumpPart part = reader.next(); !(part instanceof DumpPart.End); part = reader.next()) {
        switch (part) {
          case DumpPart.Statement statement -> find(finder, statement);
          case CopyStart _ -> reader.skipRows();
          case DumpPart.End _ -> {}
        }
      }
    }
  }

  private void find(TextFinder finder, DumpPart.Statement statement) {
    int place = places.add(statement);
    long line = statement.line();
    StatementTexts.of(
        statement, (text, from, to) -> finder.find(place, line, false, text, from, to));
    finder.find(place, line, false, statement.comment(), 0, statement.comment().length);
  }

  /** Ends the threads of a search that was not finished. */
  @Override
  public void close() {
    group.close();
  }
}
