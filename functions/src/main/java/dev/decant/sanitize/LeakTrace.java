package dev.decant.sanitize;

import dev.decant.dump.DumpPart.CopyStart;
import dev.decant.frame.FrameList;
import dev.decant.frame.FrameSpool;
import dev.decant.manifest.Manifest;
import dev.decant.manifest.Manifest.LeakTrace.TraceException;
import dev.decant.mask.Masks;
import dev.decant.mask.TableMaskKit;
import dev.decant.mask.builtin.BuiltInMasks;
import dev.decant.policy.Policy;
import dev.decant.run.RunGuard;
import dev.decant.sanitize.leak.FingerprintFile;
import dev.decant.sanitize.leak.FrameSearch;
import dev.decant.sanitize.leak.TracePlaces;
import dev.decant.sanitize.row.MaskKitSource;
import dev.decant.trace.LeakSearch;
import dev.decant.trace.TracedMasks;
import dev.decant.trace.TracedValues;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The leak trace of a run: takes the fingerprints of raw values while the rows load, and looks for
 * them in the finished frames, which are what leaves.
 */
final class LeakTrace implements AutoCloseable {
  private final TracedValues values;
  private final TracedMasks masks;
  private final Policy.Trace settings;
  private final int jobs;
  private final RunGuard guard;

  /** Whether sql steps may overwrite what masks wrote. */
  private final boolean steps;

  private LeakTrace(SanitizeRequest request, TracedValues values, RunGuard guard) {
    this.settings = request.policy().trace();
    this.values = values;
    this.masks = new TracedMasks(values);
    this.jobs = request.execution().jobs();
    this.guard = guard;
    this.steps = !request.policy().afterLoad().sql().isEmpty();
  }

  /** The trace of a run of one process. */
  static LeakTrace alone(SanitizeRequest request, Path folder, RunGuard guard) {
    return new LeakTrace(request, values(request, folder, TracedValues.randomSecret()), guard);
  }

  /** The trace of a process of a shared run, whose fingerprints those of the others can read. */
  static LeakTrace shared(SanitizeRequest request, Path folder, RunGuard guard, SharedRun run) {
    return new LeakTrace(request, values(request, folder, run.traceSecret()), guard);
  }

  private static TracedValues values(SanitizeRequest request, Path folder, byte[] secret) {
    Policy.Trace settings = request.policy().trace();
    return new TracedValues(
        folder,
        request.execution().traceMemory(),
        settings.minLength(),
        settings.ignore().keySet(),
        secret);
  }

  /** Adds the traced values of another process. */
  void add(MaskedShare share, Supplier<InputStream> fingerprints) {
    int[] numbers =
        share.sources().stream()
            .mapToInt(s -> masks.add(s.name(), s.mask(), s.isTraced(), s.values(), s.returned()))
            .toArray();
    masks.addExcepted(share.excepted());
    FingerprintFile.read(fingerprints.get(), values.importer(number -> numbers[number]));
  }

  /** The masks whose values were traced, for another process. */
  List<MaskedShare.TraceSource> sources() {
    return masks.sources().stream()
        .map(
            s ->
                new MaskedShare.TraceSource(
                    s.name(), s.mask(), s.isTraced(), s.values().sum(), s.returned().sum()))
        .toList();
  }

  Set<String> excepted() {
    return masks.excepted();
  }

  /** Writes the fingerprints for another process, after the threads of the masks have ended. */
  void write(OutputStream to) throws IOException {
    FingerprintFile.write(values, to);
  }

  /** Makes masks that show their raw values to the trace. */
  MaskKitSource kits(SanitizeRequest request) {
    Masks all = BuiltInMasks.standard();
    return (table, columns) -> {
      TracedMasks.OfTable traced = masks.of(table);
      TableMaskKit kit =
          new TableMaskKit(
              all, request.keys().masking(), request.policy().locale(), columns, traced);
      return (spec, column) -> {
        boolean words = steps && all.written(spec, column, request.policy().locale()).isPresent();
        traced.column(column.name(), words);
        return kit.mask(spec, column);
      };
    };
  }

  TracedMasks masks() {
    return masks;
  }

  /**
   * Makes the search of the frames, after all rows were loaded. The caller closes it.
   *
   * @param copies the COPY blocks of the frames in their order
   */
  TraceSearch search(
      FrameSpool spool, FrameList frames, List<CopyStart> copies, TracePlaces places) {
    LeakSearch search = values.search(jobs);
    return new TraceSearch(
        this, frames, places, search, new FrameSearch(spool, copies, search, places, jobs, guard));
  }

  /** What the manifest says of a search that found nothing. */
  Manifest.LeakTrace result(LeakSearch search, TracePlaces places) {
    return new Manifest.LeakTrace(
        values.traced(), search.looked(), 0, coverage(search.falseHitOneIn(), places));
  }

  private Manifest.LeakTrace.Coverage coverage(long falseHitOneIn, TracePlaces places) {
    return new Manifest.LeakTrace.Coverage(
        falseHitOneIn,
        places.columns(),
        places.statements(),
        masks.sources().stream()
            .filter(TracedMasks.Source::isTraced)
            .map(s -> new Manifest.LeakTrace.MaskedColumn(s.name(), s.mask(), s.values().sum()))
            .sorted(Comparator.comparing(Manifest.LeakTrace.MaskedColumn::column))
            .toList(),
        places.written().stream()
            .map(w -> new Manifest.LeakTrace.MaskedColumn(w.name(), w.mask(), w.values()))
            .toList(),
        Stream.concat(
                masks.excepted().stream().map(c -> new TraceException(c, "trace: false")),
                settings.ignore().values().stream()
                    .sorted()
                    .map(v -> new TraceException(v, "trace.ignore")))
            .toList());
  }

  @Override
  public void close() {
    values.close();
  }
}
