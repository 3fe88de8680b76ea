package dev.decant.scale;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.SnapshotName;
import dev.decant.sanitize.SharedRun;
import dev.decant.store.SnapshotStore;
import dev.decant.store.StoredObject;
import dev.decant.stream.SealedInput;
import dev.decant.stream.SealedOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The files of a run in the store, below {@code .scale/RUN/}. They have masked rows, encrypted
 * fingerprints, and the encrypted plan; none has a raw value.
 */
final class ScaleFiles {
  /** The folder of all runs. */
  static final String FOLDER = ".scale/";

  /** The file that says that the rows of the run were taken to be published. */
  private static final String TAKEN = "taken";

  private static final int SALT = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SnapshotStore store;
  private final SharedRun run;

  ScaleFiles(SnapshotStore store, SharedRun run) {
    this.store = store;
    this.run = run;
  }

  /** The prefix of the files of a run. */
  static String prefix(String run) {
    return FOLDER + run + '/';
  }

  String key(String file) {
    return prefix(run.id()) + file;
  }

  /** The place of the list of items, as the workflow reads it. */
  String location(String file) {
    return store.locate(key(file));
  }

  void write(String file, byte[] content) {
    store.put(key(file), content);
  }

  Optional<byte[]> read(String file) {
    return store.read(key(file));
  }

  /** Notes that the rows of the run were taken, also for the time after their database is gone. */
  void markTaken() {
    write(TAKEN, new byte[0]);
  }

  /**
   * Checks that nobody has taken the rows of the run without publishing them.
   *
   * @throws DecantException ROWS_DIFFER
   */
  void requireNotTaken(SnapshotName snapshot) {
    if (store.stat(key(TAKEN)).isPresent()
        && store.stat(snapshot.key(SnapshotName.MANIFEST)).isEmpty()) {
      throw ControlTable.taken(run.id());
    }
  }

  /** Writes a file that only a process with the masking key can read or change. */
  void seal(String file, byte[] content) {
    // A file may be written again, and then it needs another key.
    byte[] salt = new byte[SALT];
    RANDOM.nextBytes(salt);
    ByteArrayOutputStream sealed = new ByteArrayOutputStream();
    sealed.writeBytes(salt);
    try (SealedOutput out =
        new SealedOutput(
            fileKey(file, salt), (bytes, from, to) -> sealed.write(bytes, from, to - from))) {
      out.write(content);
    } catch (IOException e) {
      throw new IllegalStateException(e); // an array throws none
    }
    write(file, sealed.toByteArray());
  }

  /** Reads a sealed file; empty if it does not exist. */
  Optional<byte[]> unseal(String file) {
    return read(file)
        .map(
            found -> {
              ByteArrayInputStream bytes = new ByteArrayInputStream(found);
              try (InputStream in =
                  new SealedInput(fileKey(file, bytes.readNBytes(SALT)), bytes, location(file))) {
                return in.readAllBytes();
              } catch (IOException e) {
                throw new IllegalStateException(e); // an array throws none
              }
            });
  }

  private byte[] fileKey(String file, byte[] salt) {
    return run.fileKey(key(file) + ' ' + HexFormat.of().formatHex(salt));
  }

  /** Opens a sealed file of any size that is written once. */
  InputStream openSealed(String key) {
    StoredObject object =
        store
            .stat(key)
            .orElseThrow(
                () ->
                    new DecantException(
                        ErrorCode.ROWS_DIFFER,
                        store.locate(key)
                            + " does not exist any more, so nothing is published. Start the run"
                            + " again from its plan."));
    return new SealedInput(run.fileKey(key), store.open(key, 0, object.size()), store.locate(key));
  }

  /** Whether the run has files. */
  boolean exist() {
    return !store.list(prefix(run.id())).isEmpty();
  }

  /** Removes the files of the run whose names begin so. */
  void deleteAll(String beginning) {
    store.list(key(beginning)).forEach(file -> store.delete(file.key()));
  }

  /** Removes all files of the run. */
  void delete() {
    delete(store, run.id());
  }

  /** Removes all files of a run, and the uploads that killed processes have not ended. */
  static void delete(SnapshotStore store, String run) {
    var _ = store.abortUploads(prefix(run), Instant.now());
    List<StoredObject> files = store.list(prefix(run));
    files.forEach(file -> store.delete(file.key()));
  }

  static byte[] text(String text) {
    return text.getBytes(UTF_8);
  }
}
