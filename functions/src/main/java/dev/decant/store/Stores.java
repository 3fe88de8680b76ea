package dev.decant.store;

import dev.decant.aws.S3Clients;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.location.Location;
import dev.decant.location.LocationParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Opens snapshot stores by the texts that people write for them. */
public final class Stores {
  private static final String ACCEPTED = "Name a folder or s3://bucket/prefix.";
  private static final LocationParser PARSER = new LocationParser("store", ACCEPTED);

  private Stores() {}

  /**
   * Reads the location of a store: a folder's path, a {@code file:} URI, or {@code
   * s3://bucket[/prefix]}.
   *
   * @throws DecantException {@link ErrorCode#USAGE} for any other text
   */
  public static Location.Place locate(String text) {
    return PARSER.parse(text);
  }

  /**
   * Opens the store at a location that {@link #locate} accepts. A missing folder is made by the
   * first write. The caller closes the store.
   *
   * @throws DecantException {@link ErrorCode#USAGE} for any other text
   */
  public static SnapshotStore open(String text) {
    return switch (locate(text)) {
      case Location.S3 s3 -> new S3SnapshotStore(s3, S3Clients.create(), PartSizes.GROWING);
      case Location.Local local -> new FolderSnapshotStore(local.path());
    };
  }

  /**
   * Opens a store to read from it, so a folder must exist.
   *
   * @throws DecantException {@link ErrorCode#USAGE} as {@link #open}; {@link
   *     ErrorCode#SNAPSHOT_NOT_FOUND} if the folder does not exist
   */
  public static SnapshotStore openToRead(String text) {
    missingFolder(text)
        .ifPresent(
            folder -> {
              throw new DecantException(
                  ErrorCode.SNAPSHOT_NOT_FOUND,
                  (Files.exists(folder)
                          ? "The store " + folder + " is a file, not a folder. "
                          : "The folder " + folder + " does not exist, so it has no snapshots. ")
                      + ACCEPTED);
            });
    return open(text);
  }

  /** The folder that a text names, if it does not exist. This is empty for S3. */
  public static Optional<Path> missingFolder(String text) {
    return switch (locate(text)) {
      case Location.S3 _ -> Optional.empty();
      case Location.Local local ->
          Optional.of(local.path().toAbsolutePath().normalize())
              .filter(folder -> !Files.isDirectory(folder));
    };
  }

  /** The error message for a text that looks like a URL and is not one of a store. */
  public static Optional<String> mistake(String text) {
    return PARSER.mistake(text);
  }
}
