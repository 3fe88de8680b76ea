package dev.decant.store;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.stream.RangedStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Snapshots in a local folder. Each object is a file. It appears by an atomic rename of a temporary
 * file that was synced to the disk before. Small writes take the lock of the store, so a comparison
 * and the replacement after it are atomic between processes too. Symbolic links that lead out of
 * the root are refused.
 */
final class FolderSnapshotStore implements SnapshotStore {
  private final Path root;
  private final FolderErrors errors;
  private final TempFile.Opener opener;

  FolderSnapshotStore(Path root) {
    this(root, TempFile.Opener.REAL);
  }

  FolderSnapshotStore(Path root, TempFile.Opener opener) {
    this.root = root.toAbsolutePath().normalize();
    this.errors = new FolderErrors(this.root);
    this.opener = opener;
  }

  @Override
  public String location() {
    return root.toString();
  }

  @Override
  public boolean isRemote() {
    return false;
  }

  @Override
  public String locate(String key) {
    return root.resolve(StoreKey.check(key)).toString();
  }

  @Override
  public Optional<StoredObject> stat(String key) {
    return errors.attempt("read", key, () -> FolderListing.stat(key, resolve(key)));
  }

  @Override
  public List<StoredObject> list(String prefix) {
    StoreKey.checkPrefix(prefix);
    return errors.attempt("list", prefix, () -> FolderListing.objects(root, prefix));
  }

  @Override
  public InputStream open(String key, long offset, long length) {
    return errors.attempt("read", key, () -> range(key, offset, length));
  }

  private InputStream range(String key, long offset, long length) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(resolve(key), StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      throw new DecantException(
          ErrorCode.SNAPSHOT_NOT_FOUND,
          locate(key) + " does not exist. `decant list` shows the snapshots of the store.",
          e);
    }
    long size = channel.size();
    if (offset + length > size) {
      channel.close();
      throw RangedStream.tooShort(locate(key), size, offset, length);
    }
    InputStream in = Channels.newInputStream(channel.position(offset));
    return new RangedStream(in, locate(key), length);
  }

  @Override
  public Optional<byte[]> read(String key) {
    return errors.attempt(
        "read",
        key,
        () -> {
          try {
            return Optional.of(Files.readAllBytes(resolve(key)));
          } catch (NoSuchFileException e) {
            return Optional.empty();
          }
        });
  }

  @Override
  public void put(String key, byte[] content) {
    errors.attempt(
        "write",
        key,
        () -> {
          try (FolderLock _ = FolderLock.take(root);
              TempFile file = temp(key, content)) {
            file.replaceTarget();
            return true;
          }
        });
  }

  @Override
  public boolean putIfAbsent(String key, byte[] content) {
    return errors.attempt(
        "write",
        key,
        () -> {
          try (FolderLock _ = FolderLock.take(root);
              TempFile file = temp(key, content)) {
            return file.becomeTargetIfAbsent();
          }
        });
  }

  @Override
  public boolean replace(String key, byte[] content, String etag) {
    return errors.attempt(
        "write",
        key,
        () -> {
          try (FolderLock _ = FolderLock.take(root)) {
            boolean same = stat(key).filter(found -> found.etag().equals(etag)).isPresent();
            if (same) {
              try (TempFile file = temp(key, content)) {
                file.replaceTarget();
              }
            }
            return same;
          }
        });
  }

  private TempFile temp(String key, byte[] content) throws IOException {
    TempFile file = new TempFile(resolve(key), opener);
    boolean written = false;
    try {
      file.write(content, 0, content.length);
      written = true;
      return file;
    } finally {
      if (!written) {
        file.close();
      }
    }
  }

  @Override
  public Upload upload(String key) {
    return errors.attempt(
        "write", key, () -> new FolderUpload(errors, key, new TempFile(resolve(key), opener)));
  }

  @Override
  public void delete(String key) {
    errors.attempt(
        "delete",
        key,
        () -> {
          Path file = resolve(key);
          if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
          }
          try (FolderLock _ = FolderLock.take(root)) {
            return Files.deleteIfExists(file);
          }
        });
  }

  @Override
  public List<String> unfinishedUploads(String prefix, Instant olderThan) {
    StoreKey.checkPrefix(prefix);
    return errors.attempt(
        "list", prefix, () -> FolderListing.uploads(root, prefix, olderThan, _ -> true));
  }

  @Override
  public int abortUploads(String prefix, Instant olderThan) {
    StoreKey.checkPrefix(prefix);
    return errors.attempt(
        "delete",
        prefix,
        () -> FolderListing.uploads(root, prefix, olderThan, Files::deleteIfExists).size());
  }

  /** The file of a key. No symbolic link on the way to it may lead out of the root. */
  private Path resolve(String key) throws IOException {
    Path file = root.resolve(StoreKey.check(key));
    Path existing = file;
    for (Path p = file; p != null && !p.equals(root); p = p.getParent()) {
      existing = p;
      if (Files.exists(p, LinkOption.NOFOLLOW_LINKS)) {
        break;
      }
    }
    boolean inside = !Files.exists(existing, LinkOption.NOFOLLOW_LINKS) || isInside(existing);
    if (!inside) {
      throw new DecantException(
          ErrorCode.STORE_DENIED,
          existing
              + " is a symbolic link that leads out of the store "
              + root
              + ". Remove the link.");
    }
    return file;
  }

  private boolean isInside(Path existing) throws IOException {
    try {
      return existing.toRealPath().startsWith(root.toRealPath());
    } catch (NoSuchFileException e) {
      return false; // the link leads to a file that does not exist
    }
  }

  @Override
  public void close() {}
}
