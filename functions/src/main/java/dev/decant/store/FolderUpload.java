package dev.decant.store;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that is written beside its target and replaces it when it is committed. */
final class FolderUpload implements SnapshotStore.Upload {
  private final FolderErrors errors;
  private final String key;
  private final TempFile file;
  private boolean committed;

  FolderUpload(FolderErrors errors, String key, TempFile file) {
    this.errors = errors;
    this.key = key;
    this.file = file;
  }

  @Override
  public void write(byte[] bytes, int from, int to) {
    errors.attempt(
        "write",
        key,
        () -> {
          file.write(bytes, from, to);
          return true;
        });
  }

  @Override
  public void commit() {
    if (committed) {
      throw new IllegalStateException("this upload is already committed: " + key);
    }
    committed =
        errors.attempt(
            "write",
            key,
            () -> {
              try {
                file.replaceTarget();
                return true;
              } catch (NoSuchFileException e) {
                throw aborted(errors.root().resolve(key), e);
              }
            });
  }

  private static DecantException aborted(Path where, Exception cause) {
    return new DecantException(
        ErrorCode.STORE_FAILED,
        "The upload of "
            + where
            + " was aborted by another run or by `decant sweep`. Run the command again.",
        cause);
  }

  @Override
  public void close() {
    errors.attempt(
        "delete",
        key,
        () -> {
          file.close();
          return true;
        });
  }
}
