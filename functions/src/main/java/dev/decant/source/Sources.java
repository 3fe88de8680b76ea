package dev.decant.source;

import dev.decant.aws.S3Location;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.store.Spec;

/** Opens sources by the text that names them. */
public final class Sources {
  private static final String ACCEPTED =
      "Name a file, - for standard input, or s3://bucket/key. "
          + "A database is dumped first: pg_dump … | decant … -";

  private Sources() {}

  /**
   * A file's path or {@code file:} URI, {@code -} for standard input, or {@code s3://bucket/key}.
   * The caller closes it.
   *
   * @throws DecantException USAGE for anything else, SOURCE_NOT_FOUND
   */
  public static Source open(String spec) {
    if (spec.equals("-")) {
      return new StdinSource(System.in);
    }
    if (S3Location.matches(spec)) {
      return openS3(S3Location.parse(spec));
    }
    return new FileSource(Spec.path(spec, "source", ACCEPTED));
  }

  private static Source openS3(S3Location location) {
    if (location.key().isEmpty() || location.key().endsWith("/")) {
      throw new DecantException(
          ErrorCode.USAGE, location + " names no object. Write s3://bucket/key of the dump.");
    }
    return new S3Source(location);
  }
}
