package dev.decant.pull;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that gets its name only when it is complete. Until then it has a temporary name beside it.
 */
final class PartFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PartFile.class);
  private static final int BUFFER = 1 << 18;
  private static final String SUFFIX = ".part";

  /** A pull locks a new file within this time. */
  private static final Duration LOCKED_WITHIN = Duration.ofMinutes(1);

  private final Path file;
  private final boolean replaces;
  private volatile @Nullable Path part;

  private PartFile(Path file, boolean replaces) {
    this.file = file;
    this.replaces = replaces;
  }

  /**
   * A file of this name, or the file that a symbolic link leads to. Asks the person if it exists.
   * Nothing is created yet.
   */
  static PartFile beside(Path file, boolean overwrite, Questions questions) {
    boolean there = Files.exists(file);
    if (there && !overwrite) {
      boolean agreed =
          questions
              .agree("The file " + file + " exists. Replace it?")
              .orElseThrow(
                  () ->
                      PullDestination.refused(
                          "The file "
                              + file
                              + " exists, and there is no terminal to ask at. Give --overwrite to"
                              + " replace it."));
      if (!agreed) {
        throw PullDestination.refused(
            "Nothing was changed, because you did not agree. Give another name with --output.");
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
        ErrorCode.STORE_FAILED,
        "Cannot write " + file + ". Check that its folder exists and that you may write to it.",
        e);
  }

  OutputStream open() {
    try {
      Path parent = file.toAbsolutePath().getParent();
      Path folder = parent == null ? Path.of("/") : parent;
      removeDead(folder);
      Path made = Files.createTempFile(folder, prefix(), SUFFIX);
      part = made;
      FileChannel channel = FileChannel.open(made, StandardOpenOption.WRITE);
      var _ = channel.tryLock(); // other pulls see by the lock that this one is alive
      return new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  private String prefix() {
    return "." + file.getFileName() + "-";
  }

  /** Deletes the temporary files of killed pulls into this file, which are not locked. */
  private void removeDead(Path folder) {
    Instant limit = Instant.now().minus(LOCKED_WITHIN);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path left : files.filter(this::isPart).toList()) {
        if (Files.getLastModifiedTime(left).toInstant().isBefore(limit) && !isLocked(left)) {
          Files.deleteIfExists(left);
        }
      }
    } catch (IOException e) {
      LOG.warn("cannot look for files of killed pulls in {}: {}", folder, e.getMessage());
    }
  }

  private boolean isPart(Path each) {
    String name = each.getFileName().toString();
    return name.startsWith(prefix())
        && name.substring(prefix().length()).matches("\\d+\\.part")
        && Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean isLocked(Path part) throws IOException {
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      return channel.tryLock() == null;
    } catch (OverlappingFileLockException | AccessDeniedException e) {
      return true;
    }
  }

  /** Gives the file its name. */
  void publish() {
    Path whole = Objects.requireNonNull(part);
    try {
      if (replaces) {
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
      } else {
        Files.move(whole, file); // fails if the file exists by now
      }
    } catch (FileAlreadyExistsException e) {
      throw new DecantException(
          ErrorCode.REFUSED,
          "Another program created " + file + " during the pull. It was not replaced. Pull again.",
          e);
    } catch (IOException e) {
      throw cannotWrite(file, e);
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
