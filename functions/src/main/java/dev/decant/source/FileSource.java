package dev.decant.source;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.stream.BlockStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A dump in a file or in a named pipe. A pipe has no size, no time and no sidecar, and it can be
 * read only once.
 */
final class FileSource implements Source {
  private final Path path;
  private final boolean regular;
  private final long size;
  private final Instant modified;

  FileSource(Path path) {
    this.path = path.toAbsolutePath().normalize();
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        throw isFolder();
      }
      regular = attributes.isRegularFile();
      size = attributes.size();
      modified = attributes.lastModifiedTime().toInstant();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private DecantException isFolder() {
    return new DecantException(
        ErrorCode.USAGE,
        path
            + " is a folder without toc.dat, so it is not an archive of pg_dump. Name the file of"
            + " the dump in it.");
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

  @Override
  public long size() {
    return regular ? size : -1;
  }

  @Override
  public @Nullable String etag() {
    return null;
  }

  @Override
  public Optional<Instant> modified() {
    return regular ? Optional.of(modified) : Optional.empty();
  }

  @Override
  public boolean rereadable() {
    return regular;
  }

  @Override
  public Optional<String> statedMd5() {
    Path sidecar = path.resolveSibling(fileName() + ".md5");
    if (!regular || !Files.isRegularFile(sidecar)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(sidecar)) {
      byte[] content = in.readNBytes(Md5Sidecar.MAX_SIZE);
      return Optional.of(Md5Sidecar.parse(content, fileName(), sidecar.toString()));
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public InputStream open() {
    try {
      InputStream in = Files.newInputStream(path);
      return regular ? new UnchangedStream(in) : in;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private DecantException failure(IOException e) {
    if (e instanceof NoSuchFileException missing) {
      return new DecantException(
          ErrorCode.SOURCE_NOT_FOUND,
          "The file " + missing.getFile() + " does not exist. Check the path.",
          e);
    }
    if (e instanceof AccessDeniedException denied) {
      return new DecantException(
          ErrorCode.SOURCE_UNREADABLE,
          "This user may not read " + denied.getFile() + ". Change its permissions.",
          e);
    }
    return new DecantException(
        ErrorCode.SOURCE_UNREADABLE,
        "Reading " + path + " failed: " + e.getMessage() + ". Check the file and its disk.",
        e);
  }

  @Override
  public void close() {}

  /** Checks at its end that the file is still the one that was opened. */
  private final class UnchangedStream extends BlockStream {
    private final InputStream in;

    UnchangedStream(InputStream in) {
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
      boolean same =
          Files.size(path) == size && Files.getLastModifiedTime(path).toInstant().equals(modified);
      if (!same) {
        throw new DecantException(
            ErrorCode.SOURCE_CHANGED,
            path
                + " changed while it was read. Run the command again when the file is completely"
                + " written.");
      }
    }

    @Override
    public long skip(long count) throws IOException {
      return in.skip(count);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
