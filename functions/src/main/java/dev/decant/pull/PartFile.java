package dev.decant.pull;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that appears whole under its name, or not at all. */
final class PartFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PartFile.class);
  private static final int BUFFER = 1 << 18;

  private final Path file;
  private final Path part;
  private final boolean replaces;

  private PartFile(Path file, Path part, boolean replaces) {
    this.file = file;
    this.part = part;
    this.replaces = replaces;
  }

  /** Of this file; asks where one is there. */
  static PartFile beside(Path file, boolean overwrite, Questions questions) {
    boolean there = Files.exists(file);
    if (there && !overwrite) {
      boolean agreed =
          questions
              .agree("The file " + file + " is there. Replace it?")
              .orElseThrow(
                  () ->
                      Destination.refused(
                          "The file "
                              + file
                              + " is there, and there is no terminal to ask at. Give"
                              + " --overwrite."));
      if (!agreed) {
        throw Destination.refused("Nothing was changed.");
      }
    }
    try {
      Path folder = file.toAbsolutePath().getParent();
      Path part =
          Files.createTempFile(
              folder == null ? Path.of("/") : folder, "." + file.getFileName() + "-", ".part");
      return new PartFile(file, part, there);
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.STORE_FAILED, "Cannot write " + file + ". Is its folder there, and yours?", e);
    }
  }

  OutputStream open() throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(part), BUFFER);
  }

  /** Gives it its name. */
  void publish() {
    try {
      if (replaces) {
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      } else {
        Files.move(part, file); // fails where somebody was first
      }
    } catch (FileAlreadyExistsException e) {
      throw new DecantException(
          ErrorCode.REFUSED, "Somebody made " + file + " meanwhile; it stays. Pull again.", e);
    } catch (IOException e) {
      throw new DecantException(ErrorCode.STORE_FAILED, "Cannot write " + file + ".", e);
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      LOG.warn("cannot remove {}: {}", part, e.getMessage());
    }
  }
}
