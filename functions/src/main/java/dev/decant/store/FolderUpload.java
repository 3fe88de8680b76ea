package dev.decant.store;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.nio.file.NoSuchFileException;

/** A file being written beside its target. */
public final class FolderUpload implements SnapshotStore.Upload {
  private final FolderSnapshotStore store;
  private final String key;
  private final TempFile file;
  private boolean committed;

  FolderUpload(FolderSnapshotStore store, String key, TempFile file) {
    this.store = store;
    this.key = key;
    this.file = file;
  }

  @Override
  public void write(byte[] bytes, int from, int to) {
    store.attempt(
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
        store.attempt(
            "write",
            key,
            () -> {
              try {
                file.replaceTarget();
                return true;
              } catch (NoSuchFileException e) {
                throw aborted(store.locate(key), e);
              }
            });
  }

  private static DecantException aborted(String where, Exception cause) {
    return new DecantException(
        ErrorCode.STORE_FAILED,
        "The upload of "
            + where
            + " was aborted by another run or by the sweeper. Run the command again.",
        cause);
  }

  @Override
  public void close() {
    store.attempt(
        "delete",
        key,
        () -> {
          file.close();
          return true;
        });
  }
}
