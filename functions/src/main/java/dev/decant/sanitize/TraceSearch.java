package dev.decant.sanitize;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.frame.FrameList;
import dev.decant.manifest.Manifest;
import dev.decant.progress.StageTimings;
import dev.decant.sanitize.leak.FrameSearch;
import dev.decant.sanitize.leak.LeakMessages;
import dev.decant.sanitize.leak.TracePlaces;
import dev.decant.schema.TableName;
import dev.decant.trace.Leak;
import dev.decant.trace.LeakSearch;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The search of a {@link LeakTrace} in the frames of the snapshot, which are what leaves. */
final class TraceSearch implements AutoCloseable {
  private final LeakTrace trace;
  private final FrameList frames;
  private final TracePlaces places;
  private final LeakSearch search;
  private final FrameSearch rows;

  /** The search and the rows are closed with this object. */
  TraceSearch(
      LeakTrace trace, FrameList frames, TracePlaces places, LeakSearch search, FrameSearch rows) {
    this.trace = trace;
    this.frames = frames;
    this.places = places;
    this.search = search;
    this.rows = rows;
  }

  /**
   * Begins in the background, after the rows were loaded and the sql steps have run.
   *
   * @param changing the tables whose rows will be read back
   */
  void begin(Set<TableName> changing) {
    rows.begin(frames.inOrder(), changing);
  }

  /** Runs work beside the search. A failure of the search comes before its consequences. */
  <T> T beside(Supplier<T> work) {
    try {
      return work.get();
    } catch (DecantException e) {
      throw rows.orFailure(e);
    }
  }

  /**
   * Searches the rest, after the last statement was written.
   *
   * @param changed the tables whose rows were read back
   * @param timings gets the time of the threads in the background
   * @throws DecantException {@link ErrorCode#LEAK_FOUND} if raw values would leave
   */
  Manifest.LeakTrace finish(Set<TableName> changed, StageTimings timings) {
    LeakMessages.requireMasked(trace.masks().sources());
    rows.finish(frames.inOrder(), changed);
    timings.add("verify: leak trace in the background", rows.backgroundNanos());
    LeakMessages.requireWritten(places.written());
    List<Leak> leaks = search.leaks(places::leaves);
    if (!leaks.isEmpty()) {
      throw LeakMessages.found(leaks, places, trace.masks());
    }
    return trace.result(search, places);
  }

  @Override
  public void close() {
    try (search) {
      rows.close();
    }
  }
}
