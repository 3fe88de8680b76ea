package dev.decant.store;

import dev.decant.error.DecantException;

/** Opens snapshot stores by the text that names them. */
public final class Stores {
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
    return new FolderSnapshotStore(Spec.path(spec, "store", ACCEPTED));
  }
}
