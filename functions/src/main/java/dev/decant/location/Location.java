package dev.decant.location;

import java.nio.file.Path;

/** The parsed form of a location that a person wrote. {@link LocationParser} makes it. */
public sealed interface Location {
  /** Whether reading it needs the network, so that reading it twice costs time and money. */
  default boolean isRemote() {
    return false;
  }

  /** Standard input, which is written as {@code -}. It can be read once. */
  record StandardInput() implements Location {}

  /** A location that has a name of its own and can be opened more than once. */
  sealed interface Place extends Location {}

  /** A file or a folder on this machine. */
  record Local(Path path) implements Place {}

  /**
   * An object, or all objects below a prefix, in S3.
   *
   * @param bucket the name of the bucket
   * @param key a key or a prefix, without a leading slash; empty for the whole bucket
   */
  record S3(String bucket, String key) implements Place {
    @Override
    public boolean isRemote() {
      return true;
    }

    /** Whether this can be the name of one object, rather than of a bucket or a folder. */
    public boolean isObject() {
      return !key.isEmpty() && !key.endsWith("/");
    }

    /** The location in the form {@code s3://bucket/key}. */
    @Override
    public String toString() {
      return LocationParser.S3_SCHEME + bucket + (key.isEmpty() ? "" : "/" + key);
    }
  }
}
