package dev.decant.trace;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntUnaryOperator;

/**
 * The raw values that a run traces, as fingerprints in an encrypted temporary file. No value is
 * stored, and the memory does not depend on how many there are.
 *
 * <p>First any number of threads add values, each by a {@link #tracer()} of its own. After all of
 * them have ended, {@link #search} looks for the values.
 */
public final class TracedValues implements AutoCloseable {
  /** The length of a secret in bytes. */
  public static final int SECRET_BYTES = WordKey.BYTES;

  private final Path folder;
  private final long memory;
  private final int minLength;
  private final SecureRandom random = new SecureRandom();
  private final WordKey key;
  private final SealedLongs values;
  private final Set<Long> ignored = new HashSet<>();
  private final ConcurrentLinkedQueue<ValueTracer> tracers = new ConcurrentLinkedQueue<>();

  /**
   * Traces values with a random secret.
   *
   * @param folder an existing folder for temporary files
   * @param memory the bytes that the search may take
   * @param minLength values with fewer characters are not traced
   * @param ignore values that are not traced
   */
  public TracedValues(Path folder, long memory, int minLength, Set<String> ignore) {
    this(folder, memory, minLength, ignore, randomSecret());
  }

  /**
   * Traces values with a secret that the processes of one run share.
   *
   * @param secret {@link #SECRET_BYTES} bytes that nobody can guess
   */
  public TracedValues(Path folder, long memory, int minLength, Set<String> ignore, byte[] secret) {
    this.folder = folder;
    this.memory = memory;
    this.minLength = minLength;
    this.key = new WordKey(secret);
    this.values = new SealedLongs(folder, random);
    ValueTracer lanes =
        new ValueTracer(key, new FingerprintWriter(values.new Writer(), Set.of()), minLength);
    ignore.forEach(value -> ignored.add(lanes.lane(value)));
  }

  /** A secret that no other process has. */
  public static byte[] randomSecret() {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    return secret;
  }

  /**
   * Ends the tracing, and gives the fingerprints to another process of the run, which adds them by
   * {@link #importer}. The threads of the tracers must have ended.
   */
  public void export(FingerprintSink to) {
    end();
    values.read(
        (block, length) -> {
          for (int i = 0; i < length; i += Fingerprint.LONGS) {
            if (block[i] != 0 || block[i + 1] != 0) {
              to.add(block[i], block[i + 1]);
            }
          }
        });
  }

  /**
   * Adds fingerprints that another process of the run exported. One thread uses it.
   *
   * @param sources the number here of each source of the other process
   */
  public FingerprintSink importer(IntUnaryOperator sources) {
    FingerprintWriter prints = tracer().prints();
    return (first, second) -> prints.addExported(first, second, sources);
  }

  /** Receives fingerprints, each of which is two numbers. */
  @FunctionalInterface
  public interface FingerprintSink {
    void add(long first, long second);
  }

  /** A tracer for one thread. It holds about 300 KiB until {@link #search}. */
  public ValueTracer tracer() {
    ValueTracer tracer =
        new ValueTracer(key, new FingerprintWriter(values.new Writer(), ignored), minLength);
    tracers.add(tracer);
    return tracer;
  }

  /**
   * Ends the tracing and begins a search. The threads of the tracers must have ended. Before the
   * search has a finder, its filter must be filled by {@link LeakSearch#fill}.
   *
   * @param shares the number of threads that fill the filter
   */
  public LeakSearch search(int shares) {
    end();
    Distinct distinct = new Distinct();
    Distinct hints = new Distinct();
    for (ValueTracer tracer : tracers) {
      distinct.add(tracer.prints().distinct());
      hints.add(tracer.prints().distinctHints());
    }
    TraceFilters filters =
        new TraceFilters(distinct.estimate(), hints.estimate(), memory, minLength);
    return new LeakSearch(key, filters, values, new SealedLongs(folder, random), memory, shares);
  }

  /** Traces the values that wait until now. The threads of the tracers must have ended. */
  void end() {
    tracers.forEach(ValueTracer::end);
  }

  /** The number of fingerprints, after {@link #search}. */
  public long traced() {
    return tracers.stream().mapToLong(t -> t.prints().written()).sum();
  }

  /** Removes the file. */
  @Override
  public void close() {
    values.close();
  }
}
