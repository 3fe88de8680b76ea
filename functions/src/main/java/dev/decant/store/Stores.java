package dev.decant.store;

import dev.decant.aws.S3Clients;
import dev.decant.aws.S3Location;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Opens snapshot stores by the text that names them. */
public final class Stores {
  private static final String WHAT = "store";
  private static final String ACCEPTED = "Name a folder or s3://bucket/prefix.";

  private Stores() {}

  /**
   * A folder's path or {@code file:} URI (made at the first write where it is missing), or {@code
   * s3://bucket[/prefix]}. The caller closes it.
   *
   * @throws DecantException USAGE for anything else
   */
  public static SnapshotStore open(String spec) {
    if (S3Location.matches(spec)) {
      return new S3SnapshotStore(S3Location.parse(spec), S3Clients.create(), PartSizes.GROWING);
    }
    return new FolderSnapshotStore(Spec.path(spec, WHAT, ACCEPTED));
  }

  /**
   * As {@link #open}, to read from: a folder must be there.
   *
   * @throws DecantException USAGE as {@link #open}, SNAPSHOT_NOT_FOUND where there is no such
   *     folder
   */
  public static SnapshotStore openToRead(String spec) {
    missingFolder(spec)
        .ifPresent(
            folder -> {
              throw new DecantException(
                  ErrorCode.SNAPSHOT_NOT_FOUND,
                  "There is no folder "
                      + folder
                      + ", so there are no snapshots in it. "
                      + (Files.exists(folder) ? "It is a file. " : "")
                      + ACCEPTED);
            });
    return open(spec);
  }

  /** The folder that a text names, where it is not there yet; empty for S3. */
  public static Optional<Path> missingFolder(String spec) {
    return S3Location.matches(spec)
        ? Optional.empty()
        : Optional.of(Spec.path(spec, WHAT, ACCEPTED).toAbsolutePath().normalize())
            .filter(folder -> !Files.isDirectory(folder));
  }

  /** What is wrong with a text that looks like a store's URL and is none; see {@link Spec}. */
  public static Optional<String> mistake(String spec) {
    return Spec.mistake(spec, WHAT, ACCEPTED);
  }
}
