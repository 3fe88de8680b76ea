package dev.decant.scratch;

import dev.decant.stream.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.List;
import java.util.stream.Stream;

/**
 * The list of a cached folder's files, with a line {@code SHA256 SIZE PATH} for each. Links are
 * left out, because their targets have lines of their own. The list is written last, so a folder
 * without a list is not complete.
 */
record CachedFileList(List<Entry> entries) {
  private static final String FILE = "manifest";

  private record Entry(String sha256, long size, String path) {
    boolean hasSize(Path root) {
      try {
        return Files.size(root.resolve(path)) == size;
      } catch (IOException e) {
        return false;
      }
    }

    boolean hasContent(Path root) {
      try {
        return hasSize(root) && digest(root.resolve(path)).equals(sha256);
      } catch (IOException e) {
        return false;
      }
    }
  }

  static void write(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      List<String> lines =
          files
              .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
              .map(file -> line(root, file))
              .sorted()
              .toList();
      Files.write(root.resolve(FILE), lines);
    }
  }

  private static String line(Path root, Path file) {
    try {
      return digest(file) + ' ' + Files.size(file) + ' ' + root.relativize(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether every file of the folder exists with its size. This takes milliseconds. */
  static boolean complete(Path root) {
    List<Entry> entries = read(root).entries;
    return !entries.isEmpty() && entries.stream().allMatch(entry -> entry.hasSize(root));
  }

  /** Whether every file has its content. All files are read. */
  static boolean intact(Path root) {
    List<Entry> entries = read(root).entries;
    return !entries.isEmpty() && entries.stream().allMatch(entry -> entry.hasContent(root));
  }

  private static CachedFileList read(Path root) {
    Path file = root.resolve(FILE);
    if (!Files.isReadable(file)) {
      return new CachedFileList(List.of());
    }
    try {
      return new CachedFileList(
          Files.readAllLines(file).stream().map(CachedFileList::entry).toList());
    } catch (IOException | RuntimeException e) {
      // A damaged list is treated like a missing one.
      return new CachedFileList(List.of());
    }
  }

  private static Entry entry(String line) {
    int first = line.indexOf(' ');
    int second = line.indexOf(' ', first + 1);
    return new Entry(
        line.substring(0, first),
        Long.parseLong(line.substring(first + 1, second)),
        line.substring(second + 1));
  }

  private static String digest(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        DigestInputStream digest = new DigestInputStream(in, Digests.sha256())) {
      digest.transferTo(java.io.OutputStream.nullOutputStream());
      return Digests.hex(digest.getMessageDigest());
    }
  }
}
