package dev.decant.store;

import dev.decant.stream.Digests;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds objects and left-over temporary files below a root. Symbolic links are not followed. */
final class FolderListing {
  /**
   * Up to this size, in bytes, the etag is a hash of the content, so that it also differs if a
   * small file was replaced within one tick of the file system's clock.
   */
  private static final int HASHED = 4096;

  private FolderListing() {}

  /** An action on each file: gets its key, path and attributes. */
  private interface Visit {
    void file(String key, Path file, BasicFileAttributes attributes) throws IOException;
  }

  static List<StoredObject> objects(Path root, String prefix) throws IOException {
    List<StoredObject> found = new ArrayList<>();
    walk(
        root,
        prefix,
        (key, file, attributes) -> {
          String name = String.valueOf(file.getFileName());
          if (key.startsWith(prefix) && !name.startsWith(StoreKey.RESERVED)) {
            object(key, file, attributes).ifPresent(found::add);
          }
        });
    found.sort(Comparator.comparing(StoredObject::key));
    return found;
  }

  /** Decides about a temporary file of an upload, or removes it. */
  interface Choice {
    boolean takes(Path file) throws IOException;
  }

  /** The keys of the unfinished uploads whose temporary files the choice takes. */
  static List<String> uploads(Path root, String prefix, Instant olderThan, Choice choice)
      throws IOException {
    List<String> found = new ArrayList<>();
    walk(
        root,
        prefix,
        (key, file, attributes) -> {
          String name = String.valueOf(file.getFileName());
          String folder = key.substring(0, key.length() - name.length());
          Optional<String> target =
              TempFile.targetName(name).map(n -> folder + n).filter(k -> k.startsWith(prefix));
          boolean old = attributes.creationTime().toInstant().isBefore(olderThan);
          if (target.isPresent() && old && choice.takes(file)) {
            found.add(target.get());
          }
        });
    return found;
  }

  static Optional<StoredObject> stat(String key, Path file) throws IOException {
    try {
      return object(key, file, Files.readAttributes(file, BasicFileAttributes.class));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static Optional<StoredObject> object(
      String key, Path file, BasicFileAttributes attributes) throws IOException {
    try {
      if (!attributes.isRegularFile()) {
        return Optional.empty();
      }
      Instant modified = attributes.lastModifiedTime().toInstant();
      return Optional.of(
          new StoredObject(key, attributes.size(), modified, etag(file, attributes)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static String etag(Path file, BasicFileAttributes attributes) throws IOException {
    if (attributes.size() <= HASHED) {
      return Digests.sha256(Files.readAllBytes(file));
    }
    return attributes.size()
        + "-"
        + attributes.lastModifiedTime().toInstant()
        + "-"
        + attributes.fileKey();
  }

  private static void walk(Path root, String prefix, Visit visit) throws IOException {
    Path start = root.resolve(prefix.substring(0, prefix.lastIndexOf('/') + 1));
    if (!Files.isDirectory(start)) {
      return;
    }
    // The root itself may be a link.
    Path real = start.equals(root) ? start.toRealPath() : start;
    Files.walkFileTree(
        real,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) {
              visit.file(key(start, real, file), file, attributes);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE; // the file was removed meanwhile
            }
            throw e;
          }

          private String key(Path start, Path real, Path file) {
            return root.relativize(start.resolve(real.relativize(file))).toString();
          }
        });
  }
}
