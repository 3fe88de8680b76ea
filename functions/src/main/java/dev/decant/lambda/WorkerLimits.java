package dev.decant.lambda;

import dev.decant.setting.RawKeys;
import dev.decant.setting.Settings;
import java.util.Locale;

/**
 * Decides which worker a dump gets, by its size. The figures are measurements of {@code
 * bench/RESULTS.md}: a dump of 10.4 GB of text, which zstd compressed to 28 %, took 414 s on two
 * processors, before the leak trace made a run up to 1.26 times as long. The scratch database takes
 * 1.0 to 1.4 times the text, and the frames 0.15 to 0.3 times.
 *
 * <p>The size of the text is not known before the dump is read, so it is estimated on the safe
 * side. If it is larger all the same, the run ends before or during the load with DISK_FULL or
 * DEADLINE_NEAR, and publishes nothing.
 */
record WorkerLimits(Settings settings) {
  private static final long MB = 1_000_000;
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  /** The bytes of text for each byte of a compressed dump or of an archive. */
  private static final int TEXT_PER_COMPRESSED = 5;

  /** The bytes of disk for each byte of text. */
  private static final double DISK_PER_TEXT = 1.7;

  /** The part of a disk that a run may need. PostgreSQL's programs and its WAL need the rest. */
  private static final double USABLE = 0.85;

  /** The text that a function sanitizes in a second, with at least two processors. */
  private static final long SPEED = 20 * MB;

  /** The part of the time limit that a run may need. */
  private static final double TIMELY = 0.5;

  /**
   * The most text of a file of an archive that one of several tasks sanitizes. The workflow gives
   * it 6 hours and 200 GiB of disk, of which the frames of this much text need two thirds.
   */
  private static final long MOST_TEXT_OF_CHUNK = SPEED * 6 * 3600;

  /** The ephemeral storage of a task can have 21 to 200 GiB. */
  private static final long LEAST_DISK = 21;

  static final long MOST_EPHEMERAL = 200;

  /** The size of the rows as text, by the name of the dump. */
  static long text(String key, long bytes) {
    String lower = key.toLowerCase(Locale.ROOT);
    boolean plain = lower.endsWith(".sql") || lower.endsWith(".tar");
    return plain && RawKeys.isDump(key) ? bytes : Math.multiplyExact(bytes, TEXT_PER_COMPRESSED);
  }

  /** Whether the function SanitizeSnapshot can sanitize a dump with this much text. */
  boolean fitsLambda(long text) {
    return text <= mostTextOnLambda();
  }

  /** The most text that the function has disk and time for. */
  long mostTextOnLambda() {
    double byDisk = settings.lambdaDisk() * MIB * USABLE / DISK_PER_TEXT;
    double byTime = settings.lambdaTimeout() * (double) SPEED * TIMELY;
    return (long) Math.min(byDisk, byTime);
  }

  /** Whether one of several tasks can sanitize a file of an archive with this much text. */
  static boolean fitsChunk(long text) {
    return text <= MOST_TEXT_OF_CHUNK;
  }

  /** The disk in GiB that a task needs for this much text. */
  long disk(long text) {
    double needed = text * DISK_PER_TEXT / USABLE / GIB;
    return Math.max(LEAST_DISK, (long) Math.ceil(needed));
  }

  /** Whether one task can have this disk. */
  boolean fitsTask(long disk) {
    return disk <= settings.taskDisk();
  }
}
