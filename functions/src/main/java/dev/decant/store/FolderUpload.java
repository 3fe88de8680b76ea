package dev.decant.store;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file being written beside its target. */
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
      throw new IllegalStateException("committed before: " + key);
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
            + " was aborted by another run or by the sweeper. Run the command again.",
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
