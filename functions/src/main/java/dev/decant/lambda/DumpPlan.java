package dev.decant.lambda;

import dev.decant.aws.AwsErrors;
import dev.decant.aws.S3Clients;
import dev.decant.aws.S3Objects;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.setting.RawKeyPattern;
import dev.decant.setting.Settings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Plans the run of a dump in S3. Only an archive in the directory format can be spread over several
 * tasks, because its tables are in files of their own.
 */
final class DumpPlan {
  /**
   * The version of the scratch server that the tasks of an archive share. The version of the source
   * is in toc.dat, which this function has no right to read. The newest one takes the dumps of all
   * versions, and it is also the one that a single task starts.
   */
  private static final String SERVER = "18";

  private final Settings settings;
  private final WorkerLimits limits;

  DumpPlan(Settings settings) {
    this.settings = settings;
    this.limits = new WorkerLimits(settings);
  }

  /**
   * What S3 says about a dump.
   *
   * @param largest the bytes of its largest file
   * @param etag a folder has none
   */
  record Found(long bytes, long largest, Instant modified, @Nullable String etag) {}

  RunPlan of(RawDump dump) {
    boolean folder = dump.key().endsWith("/");
    Optional<String> skipped =
        new DumpFilter(settings.rawPrefix(), Wiring.store(settings)).skipped(dump);
    if (skipped.isPresent() && !folder) {
      return RunPlan.skip("The object is " + skipped.get() + ".", dump.uri());
    }
    return planned(dump, find(dump, folder));
  }

  /** The plan of a dump that is in S3. */
  RunPlan planned(RawDump dump, Found found) {
    boolean folder = dump.key().endsWith("/");
    long text = WorkerLimits.text(dump.key(), found.bytes());
    long disk = limits.disk(text);
    boolean lambda = settings.lambdaWorker() && !folder && limits.fitsLambda(text);
    boolean large = settings.scale() && folder && !limits.fitsTask(disk);
    boolean scale = large && WorkerLimits.fitsChunk(WorkerLimits.text(dump.key(), found.largest()));
    RunPlan plan =
        RunPlan.of(
            lambda ? "lambda" : "fargate",
            reason(lambda, text, disk)
                + (scale ? " Several tasks share the archive." : "")
                + (large && !scale ? " One file is too large for one of several tasks." : ""),
            dump.uri(),
            RawKeyPattern.of(settings).read(dump.key()).at(Optional.of(found.modified())));
    if (scale) {
      plan.withServer(SERVER, disk);
    }
    return plan.with("bytes", found.bytes()).with("etag", found.etag()).withDisk(disk, settings);
  }

  private Found find(RawDump dump, boolean folder) {
    try (S3Client client = S3Clients.create()) {
      S3Objects objects = new S3Objects(client, dump.bucket(), AwsErrors.OF_SOURCE);
      return (folder ? folder(objects, dump.key()) : object(objects, dump.key()))
          .orElseThrow(
              () ->
                  new DecantException(
                      ErrorCode.SOURCE_NOT_FOUND,
                      dump.uri()
                          + " does not exist. It may have been deleted since the event. Check the"
                          + " bucket, the key and the retention of the bucket."));
    }
  }

  /**
   * Finds an object in the list of the bucket. To ask for the object itself, this function would
   * need the right to read it.
   */
  private static Optional<Found> object(S3Objects objects, String key) {
    List<S3Object> found = new ArrayList<>();
    objects.list(key, found::add);
    return found.stream()
        .filter(object -> object.key().equals(key))
        .map(
            object -> new Found(object.size(), object.size(), object.lastModified(), object.eTag()))
        .findFirst();
  }

  /** The time of an archive in the directory format is that of its last file. */
  private static Optional<Found> folder(S3Objects objects, String key) {
    List<S3Object> files = new ArrayList<>();
    objects.list(key, files::add);
    return files.stream()
        .map(S3Object::lastModified)
        .max(Instant::compareTo)
        .map(
            last ->
                new Found(
                    files.stream().mapToLong(S3Object::size).sum(),
                    files.stream().mapToLong(S3Object::size).max().orElse(0),
                    last,
                    null));
  }

  private String reason(boolean lambda, long text, long disk) {
    String size = String.format(Locale.ROOT, "About %,d MB of text", text / 1_000_000);
    if (lambda) {
      return size + " fit into the function SanitizeSnapshot.";
    }
    if (!limits.fitsTask(disk)) {
      return size
          + " may need "
          + disk
          + " GiB of disk, and one task can have "
          + settings.taskDisk()
          + " GiB.";
    }
    return !settings.lambdaWorker()
        ? "A task sanitizes all dumps, because the function is not enabled as a worker."
        : String.format(
            Locale.ROOT,
            "%s are more than the %,d MB that the function has disk and time for.",
            size,
            limits.mostTextOnLambda() / 1_000_000);
  }
}
