package dev.decant.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A small file system in memory. Only root may mount it; under other accounts the test is skipped.
 */
public final class SmallDisk implements AutoCloseable {
  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Mounts a file system of this size in MiB. Every account may write to it. */
  public static SmallDisk of(int mebibytes) throws IOException {
    Path folder = Files.createTempDirectory("decant-small-disk-");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    boolean mounted =
        ran("mount", "-t", "tmpfs", "-o", "mode=1777,size=" + mebibytes + "m", "tmpfs", folder);
    if (!mounted) {
      Files.delete(folder);
    }
    assumeTrue(mounted, "missing component: tmpfs");
    return new SmallDisk(folder);
  }

  public Path folder() {
    return folder;
  }

  /** Gives the file system another size in MiB. */
  public void resize(int mebibytes) {
    remount("size=" + mebibytes + "m");
  }

  /** Lets nobody write to the file system, not even root, or lets everybody do so again. */
  public void readOnly(boolean readOnly) {
    remount(readOnly ? "ro" : "rw");
  }

  private void remount(String option) {
    if (!ran("mount", "-o", "remount," + option, folder)) {
      throw new IllegalStateException("the file system cannot be mounted with " + option);
    }
  }

  private static boolean ran(Object... command) {
    try {
      Process process =
          new ProcessBuilder(List.of(command).stream().map(Object::toString).toList())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // there is no such program
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    ran("umount", "-l", folder);
    Files.delete(folder);
  }
}
