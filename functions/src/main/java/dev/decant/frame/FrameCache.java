package dev.decant.frame;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frames of snapshots on this machine's disk, by their SHA-256: one that several snapshots have is
 * there once. Those used longest ago go first when there are too many bytes. One cache object keeps
 * no more than the limit of what it was asked for: the rest of a larger snapshot would push out
 * what the next pull asks for first. For any number of threads and processes: a file appears by a
 * rename, whole, and is read whole; what is not what its name says counts as missing. A cache that
 * cannot be written is none, and says so once.
 */
public final class FrameCache {
  private static final Logger LOG = LoggerFactory.getLogger(FrameCache.class);
  private static final String PART = ".part";
  private static final Pattern SUM = Pattern.compile("[0-9a-f]{64}");
  private static final int SLACK = 8;
  private static final Duration ABANDONED = Duration.ofHours(6);

  private final Path folder;
  private final long limit;

  /** Bytes that were read or kept by this object. */
  private final AtomicLong used = new AtomicLong();

  /** Bytes that were kept since it was made sure that the limit holds. */
  private final AtomicLong added = new AtomicLong();

  private final AtomicBoolean broken = new AtomicBoolean();

  private record Entry(Path file, long size, FileTime used) {}

  /**
   * @param folder made when first needed
   * @param limit bytes that {@link #trim()} leaves at most; before it there may be an eighth more
   */
  public FrameCache(Path folder, long limit) {
    this.folder = folder;
    this.limit = limit;
  }

  /** A frame's compressed bytes, where they are here and right. */
  Optional<byte[]> get(Frame frame) {
    Path file = file(frame);
    try {
      if (Files.size(file) != frame.length()) {
        Files.deleteIfExists(file);
        return Optional.empty();
      }
      byte[] compressed = Files.readAllBytes(file);
      if (!FrameSource.matches(frame, compressed)) {
        Files.deleteIfExists(file);
        return Optional.empty();
      }
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
      used.addAndGet(compressed.length);
      return Optional.of(compressed);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Keeps a frame's compressed bytes. */
  void put(Frame frame, byte[] compressed) {
    if (broken.get() || used.addAndGet(compressed.length) > limit) {
      return;
    }
    try {
      write(file(frame), frame, compressed);
    } catch (IOException e) {
      warn("cannot keep frames in {}: {}", e);
      return;
    }
    if (added.addAndGet(compressed.length) > limit / SLACK) {
      added.set(0);
      trim();
    }
  }

  private static void write(Path file, Frame frame, byte[] compressed) throws IOException {
    Path parent = Objects.requireNonNull(file.getParent());
    Files.createDirectories(
        parent, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path part = Files.createTempFile(parent, frame.sha256().substring(0, 8), PART);
    try {
      Files.write(part, compressed);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Nothing is kept after it. */
  private void warn(String text, Exception e) {
    if (broken.compareAndSet(false, true)) {
      LOG.warn(text, folder, e.getMessage());
    }
  }

  /** A manifest that nobody signed may state anything for a sum. */
  private Path file(Frame frame) {
    String sum = frame.sha256();
    if (!SUM.matcher(sum).matches()) {
      throw FrameSource.damaged(folder.toString(), frame, "has a SHA-256 that is none");
    }
    return folder.resolve(sum.substring(0, 2)).resolve(sum);
  }

  /** Removes what was used longest ago until the limit is kept. */
  public void trim() {
    try {
      List<Entry> entries = entries();
      entries.sort(Comparator.comparing(Entry::used));
      long bytes = entries.stream().mapToLong(Entry::size).sum();
      for (Entry entry : entries) {
        if (bytes <= limit) {
          return;
        }
        Files.deleteIfExists(entry.file);
        bytes -= entry.size;
      }
    } catch (IOException | UncheckedIOException e) {
      warn("cannot keep the size of {}: {}", e);
    }
  }

  /** All whole frames; what writers that died left is removed. */
  private List<Entry> entries() throws IOException {
    List<Entry> entries = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return entries;
    }
    FileTime abandoned = FileTime.from(Instant.now().minus(ABANDONED));
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            boolean part = file.toString().endsWith(PART);
            if (part && attributes.lastModifiedTime().compareTo(abandoned) < 0) {
              Files.deleteIfExists(file);
            } else if (!part) {
              entries.add(new Entry(file, attributes.size(), attributes.lastModifiedTime()));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE; // another process trims too
            }
            throw e;
          }
        });
    return entries;
  }
}
