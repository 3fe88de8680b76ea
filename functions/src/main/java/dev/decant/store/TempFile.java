package dev.decant.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/**
 * A temporary file {@code .decant-NAME.RANDOM.tmp} beside its target. An atomic rename turns it
 * into the target. If it is closed before, it is removed.
 */
final class TempFile implements AutoCloseable {
  private static final String PREFIX = StoreKey.RESERVED + "-";
  private static final String SUFFIX = ".tmp";
  private static final int RANDOM = 8;

  /** Opens a channel to a new file. Tests use one whose disk is full. */
  interface Opener {
    WritableByteChannel open(Path file) throws IOException;

    Opener REAL =
        file -> FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  private final Path target;
  private final Path file;
  private final WritableByteChannel channel;

  TempFile(Path target, Opener opener) throws IOException {
    this.target = target;
    String random = UUID.randomUUID().toString().substring(0, RANDOM);
    this.file = target.resolveSibling(PREFIX + target.getFileName() + "." + random + SUFFIX);
    Files.createDirectories(parent(target));
    this.channel = opener.open(file);
  }

  /**
   * The name of the target that belongs to the name of a temporary file. Empty for the name of any
   * other file.
   */
  static Optional<String> targetName(String name) {
    int tail = 1 + RANDOM + SUFFIX.length();
    boolean ours =
        name.startsWith(PREFIX) && name.endsWith(SUFFIX) && name.length() > PREFIX.length() + tail;
    return ours
        ? Optional.of(name.substring(PREFIX.length(), name.length() - tail))
        : Optional.empty();
  }

  void write(byte[] bytes, int from, int to) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, from, to - from);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /** Becomes the target and replaces an existing one. */
  void replaceTarget() throws IOException {
    sync();
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    syncFolder();
  }

  /**
   * Becomes the target unless one exists. A hard link makes this atomic. On file systems without
   * hard links the lock of the store does, which the caller holds.
   */
  boolean becomeTargetIfAbsent() throws IOException {
    sync();
    try {
      Files.createLink(target, file);
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException | FileSystemException e) {
      if (Files.exists(target)) {
        return false;
      }
      Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    }
    syncFolder();
    return true;
  }

  private void sync() throws IOException {
    if (channel instanceof FileChannel real) {
      real.force(true);
    }
    channel.close();
  }

  /** Makes sure that the rename survives a power cut. */
  private void syncFolder() throws IOException {
    try (FileChannel folder = FileChannel.open(parent(target), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  private static Path parent(Path file) {
    Path parent = file.getParent();
    if (parent == null) {
      throw new IllegalArgumentException(file + " has no folder");
    }
    return parent;
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      Files.deleteIfExists(file);
    }
  }
}
