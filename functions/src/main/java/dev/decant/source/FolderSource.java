package dev.decant.source;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.stream.BlockStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** An archive of pg_dump in the directory format (-Fd), in a folder of this machine. */
final class FolderSource implements ArchiveFolderSource {
  private final Path path;
  private final SortedMap<String, Long> files = new TreeMap<>();
  private final Map<String, Instant> modified = new TreeMap<>();

  private FolderSource(Path path) throws IOException {
    this.path = path.toAbsolutePath().normalize();
    try (Stream<Path> content = Files.list(path)) {
      for (Path file : content.toList()) {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (attributes.isRegularFile()) {
          String name = String.valueOf(file.getFileName());
          files.put(name, attributes.size());
          modified.put(name, attributes.lastModifiedTime().toInstant());
        }
      }
    }
  }

  /** Opens the folder if it is an archive. Otherwise the result is empty. */
  static Optional<Source> open(Path path) {
    if (!Files.isRegularFile(path.resolve(TOC))) {
      return Optional.empty();
    }
    try {
      return Optional.of(new FolderSource(path));
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  @Override
  public String uri() {
    return path.toUri().toString();
  }

  @Override
  public boolean isRemote() {
    return false;
  }

  @Override
  public String fileName() {
    return String.valueOf(path.getFileName());
  }

  /** The time of toc.dat, which pg_dump writes last. */
  @Override
  public Optional<Instant> modified() {
    return Optional.ofNullable(modified.get(TOC));
  }

  @Override
  public String identity() {
    return files + " " + modified;
  }

  @Override
  public InputStream open() {
    throw new DecantException(
        ErrorCode.USAGE, path + " is an archive of pg_dump, but a file is expected. Name a file.");
  }

  @Override
  public SortedMap<String, Long> files() {
    return files;
  }

  @Override
  public String state(String file) {
    return String.valueOf(modified.get(file));
  }

  @Override
  public InputStream open(String file) {
    try {
      return new UnchangedStream(file, Files.newInputStream(path.resolve(file)));
    } catch (IOException e) {
      throw failure(path.resolve(file), e);
    }
  }

  private static DecantException failure(Path path, IOException e) {
    return new DecantException(
        ErrorCode.SOURCE_UNREADABLE,
        "Reading " + path + " failed: " + e.getMessage() + ". Check the folder and its disk.",
        e);
  }

  @Override
  public void close() {}

  /** Checks at its end that the file is still the one that was listed. */
  private final class UnchangedStream extends BlockStream {
    private final String file;
    private final InputStream in;

    UnchangedStream(String file, InputStream in) {
      this.file = file;
      this.in = in;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int count = in.read(bytes, from, length);
      if (count < 0) {
        checkUnchanged();
      }
      return count;
    }

    private void checkUnchanged() throws IOException {
      Instant now = Files.getLastModifiedTime(path.resolve(file)).toInstant();
      if (!now.equals(modified.get(file))) {
        throw new DecantException(
            ErrorCode.SOURCE_CHANGED,
            path.resolve(file)
                + " changed while it was read. Run the command again when the archive is"
                + " completely written.");
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
