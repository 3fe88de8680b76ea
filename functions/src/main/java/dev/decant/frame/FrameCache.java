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
 * A cache of frames on the disk of this machine. A file's name is the SHA-256 of the frame, so a
 * frame that several snapshots have is stored once. When the cache is too large, the files that
 * were not used for the longest time are removed first.
 *
 * <p>One object of this class keeps at most as many bytes as the limit. The rest of a larger
 * snapshot would push out the frames that the next pull reads first.
 *
 * <p>Any number of threads and processes may use a cache. A file appears by a rename when it is
 * complete. A file whose content does not match its name counts as missing. If the cache cannot be
 * written, one warning is logged and nothing is kept.
 */
public final class FrameCache {
  private static final Logger LOG = LoggerFactory.getLogger(FrameCache.class);
  private static final String PART = ".part";
  private static final Pattern SUM = Pattern.compile("[0-9a-f]{64}");
  private static final int SLACK = 8;
  private static final Duration ABANDONED = Duration.ofHours(6);

  private final Path folder;
  private final long limit;

  /** The bytes that this object has read or kept. */
  private final AtomicLong used = new AtomicLong();

  /** The bytes that were kept since the last {@link #trim()}. */
  private final AtomicLong added = new AtomicLong();

  private final AtomicBoolean broken = new AtomicBoolean();

  private record Entry(Path file, long size, FileTime used) {}

  /**
   * @param folder is made when it is first needed
   * @param limit the most bytes that {@link #trim()} leaves; between two calls there may be an
   *     eighth more
   */
  public FrameCache(Path folder, long limit) {
    this.folder = folder;
    this.limit = limit;
  }

  /** The compressed bytes of a frame. Empty if the cache does not have them. */
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

  /** Keeps the compressed bytes of a frame. */
  void put(Frame frame, byte[] compressed) {
    if (broken.get() || used.addAndGet(compressed.length) > limit) {
      return;
    }
    try {
      write(file(frame), frame, compressed);
    } catch (IOException e) {
      warn("Frames cannot be kept in {}: {}", e);
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

  /** Logs one warning. After it nothing is kept. */
  private void warn(String text, Exception e) {
    if (broken.compareAndSet(false, true)) {
      LOG.warn(text, folder, e.getMessage());
    }
  }

  /**
   * The file of a frame. A manifest without a signature may state any text as a SHA-256, so it is
   * checked before it becomes a path.
   */
  private Path file(Frame frame) {
    String sum = frame.sha256();
    if (!SUM.matcher(sum).matches()) {
      throw FrameSource.damaged(
          folder.toString(), frame, "has a SHA-256 that is not 64 hex digits");
    }
    return folder.resolve(sum.substring(0, 2)).resolve(sum);
  }

  /** Removes the least recently used frames until the rest is within the limit. */
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
      warn("The size of {} cannot be limited: {}", e);
    }
  }

  /** Lists all complete frames, and removes the files that killed writers left. */
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
              return FileVisitResult.CONTINUE; // another process removed it
            }
            throw e;
          }
        });
    return entries;
  }
}
