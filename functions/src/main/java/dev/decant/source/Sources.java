package dev.decant.source;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.location.Location;
import dev.decant.location.LocationParser;
import org.jspecify.annotations.Nullable;

/** Opens sources by the texts that people write for them. */
public final class Sources {
  private static final LocationParser PARSER =
      new LocationParser(
          "source",
          "Name a file, - for standard input, s3://bucket/key, or a live database,"
              + " postgresql://user@host:port/database.");

  private Sources() {}

  /**
   * Reads the location of a source: a path, a {@code file:} URI, {@code -} for standard input,
   * {@code s3://bucket/key}, or {@code s3://bucket/prefix/} for an archive in the directory format.
   *
   * @throws DecantException {@link ErrorCode#USAGE} for any other text
   */
  public static Location locate(String text) {
    return text.equals("-") ? new Location.StandardInput() : PARSER.parse(text);
  }

  /**
   * Opens the source at a location that {@link #locate} accepts. The caller closes it.
   *
   * @throws DecantException {@link ErrorCode#USAGE} for any other text; {@link
   *     ErrorCode#SOURCE_NOT_FOUND}, {@link ErrorCode#SOURCE_UNREADABLE}
   */
  public static Source open(String text) {
    return switch (locate(text)) {
      case Location.StandardInput _ -> new StdinSource(System.in);
      case Location.S3 s3 when s3.isObject() -> new S3Source(s3);
      case Location.S3 s3 when !s3.key().isEmpty() -> new S3FolderSource(s3);
      case Location.S3 s3 ->
          throw new DecantException(
              ErrorCode.USAGE,
              s3 + " is not the name of an object. Write s3://bucket/key of the dump.");
      case Location.Local local ->
          FolderSource.open(local.path()).orElseGet(() -> new FileSource(local.path()));
    };
  }

  /**
   * Opens a source and chooses a part of it. The caller closes the result.
   *
   * @throws DecantException as {@link #open(String)}
   */
  public static Source open(String text, SourceChoice choice) {
    if (choice.equals(SourceChoice.ALL)) {
      return open(text);
    }
    Source dump = open(text);
    boolean opened = false;
    try {
      @Nullable String schema = choice.schema();
      Source chosen = new ChosenSource(dump, choice, schema == null ? null : open(schema));
      opened = true;
      return chosen;
    } finally {
      if (!opened) {
        dump.close();
      }
    }
  }
}
