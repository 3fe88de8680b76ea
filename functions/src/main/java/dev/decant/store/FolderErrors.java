package dev.decant.store;

import dev.decant.error.DecantException;
import dev.decant.error.DiskFull;
import dev.decant.error.ErrorCode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Turns errors of the file system below a store's root into messages that say what to do.
 *
 * @param root the folder of the store
 */
record FolderErrors(Path root) {
  /** An action on files. */
  interface Action<T> {
    T run() throws IOException;
  }

  /**
   * Runs an action on the file of a key.
   *
   * @param verb what the action does, for the message: "read", "write"
   */
  <T> T attempt(String verb, String key, Action<T> action) {
    try {
      return action.run();
    } catch (IOException e) {
      throw failure(verb, key, e);
    }
  }

  private DecantException failure(String verb, String key, IOException e) {
    String what = "The store could not " + verb + " " + root.resolve(key) + ": ";
    String reason = reason(e).toLowerCase(Locale.ROOT);
    if (DiskFull.is(e)) {
      return new DecantException(
          ErrorCode.STORE_FAILED,
          what
              + "the disk is full. The unfinished file was removed. Free space under "
              + root
              + ", or name another store.",
          e);
    }
    if (e instanceof AccessDeniedException || reason.contains("read-only file system")) {
      return new DecantException(
          ErrorCode.STORE_DENIED,
          what
              + "permission denied. Give the user "
              + System.getProperty("user.name")
              + " the permission to "
              + verb
              + " files under "
              + root
              + ".",
          e);
    }
    return new DecantException(
        ErrorCode.STORE_FAILED,
        what + reason(e) + ". Check the folder " + root + " and its disk.",
        e);
  }

  private static String reason(IOException e) {
    String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }
}
