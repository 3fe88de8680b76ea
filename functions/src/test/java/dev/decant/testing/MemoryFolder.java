package dev.decant.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.extension.Extension;

/**
 * Lets the tests of a JVM keep their temporary files in memory if the machine has a large tmpfs at
 * {@code /dev/shm}. An embedded server and its databases are thousands of small files that are
 * removed seconds later, and some disks take longer to create these than PostgreSQL takes to fill
 * them. Otherwise, or if {@code -Djava.io.tmpdir=FOLDER} names another folder than {@code /tmp},
 * nothing changes.
 *
 * <p>JUnit finds this class by {@code META-INF/services} and creates it before the first test, so
 * before the JDK reads the property. All JVMs of an account share one folder, as they share {@code
 * /tmp}: a later run removes what a killed one left.
 */
public final class MemoryFolder implements Extension {
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final String PROPERTY = "java.io.tmpdir";

  /** Two JVMs have servers of six versions each, and write dumps of some hundred MB. */
  private static final long NEEDED_BYTES = 6L << 30;

  public MemoryFolder() {
    try {
      if (System.getProperty(PROPERTY, "").equals("/tmp") && isRoomy()) {
        System.setProperty(PROPERTY, folder().toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The option of {@code java} that lets a process of a test keep its files there, too. */
  public static String option() {
    return "-D" + PROPERTY + '=' + System.getProperty(PROPERTY);
  }

  private static boolean isRoomy() throws IOException {
    if (!Files.isWritable(MEMORY)) {
      return false;
    }
    FileStore store = Files.getFileStore(MEMORY);
    return store.type().equals("tmpfs") && store.getUsableSpace() >= NEEDED_BYTES;
  }

  /** The accounts of servers must be able to pass through the folder. */
  private static Path folder() throws IOException {
    Path folder = MEMORY.resolve("decant-tests-" + System.getProperty("user.name"));
    try {
      Files.createDirectory(folder);
    } catch (FileAlreadyExistsException e) {
      // An earlier JVM made the folder.
    }
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    return folder;
  }
}
