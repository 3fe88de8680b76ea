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
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that appears whole under its name, or not at all. */
final class PartFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PartFile.class);
  private static final int BUFFER = 1 << 18;

  private final Path file;
  private final boolean replaces;
  private volatile @Nullable Path part;

  private PartFile(Path file, boolean replaces) {
    this.file = file;
    this.replaces = replaces;
  }

  /** Of this file, or of that which a link leads to; asks where one is there. Makes nothing yet. */
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
      return new PartFile(there ? file.toRealPath() : file, there);
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  private static DecantException cannotWrite(Path file, IOException e) {
    return new DecantException(
        ErrorCode.STORE_FAILED, "Cannot write " + file + ". Is its folder there, and yours?", e);
  }

  OutputStream open() {
    try {
      Path folder = file.toAbsolutePath().getParent();
      Path made =
          Files.createTempFile(
              folder == null ? Path.of("/") : folder, "." + file.getFileName() + "-", ".part");
      part = made;
      return new BufferedOutputStream(Files.newOutputStream(made), BUFFER);
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  /** Gives it its name. */
  void publish() {
    Path whole = Objects.requireNonNull(part);
    try {
      if (replaces) {
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
      } else {
        Files.move(whole, file); // fails where somebody was first
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
    Path left = part;
    if (left == null) {
      return;
    }
    try {
      Files.deleteIfExists(left);
    } catch (IOException e) {
      LOG.warn("cannot remove {}: {}", left, e.getMessage());
    }
  }
}
