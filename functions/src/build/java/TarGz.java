import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * Writes a folder as a {@code .tar.gz} whose bytes depend only on the names, contents, links and
 * the owner's right to execute. All entries are owned by root and have the same time.
 */
final class TarGz {
  private TarGz() {}

  static Set<PosixFilePermission> rights(boolean program) {
    return PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--");
  }

  static void write(Path folder, Instant time, Path archive) throws IOException {
    GzipParameters gzip = new GzipParameters();
    gzip.setCompressionLevel(Deflater.BEST_COMPRESSION);
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = walk.sorted().toList();
    }
    try (OutputStream file = Files.newOutputStream(archive);
        OutputStream compressed = new GzipCompressorOutputStream(file, gzip);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(compressed, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (Path path : paths) {
        TarArchiveEntry entry = entry(folder.getParent().relativize(path).toString(), path);
        entry.setLastModifiedTime(FileTime.from(time));
        entry.setIds(0, 0);
        entry.setNames("", "");
        tar.putArchiveEntry(entry);
        if (!Files.isSymbolicLink(path) && !Files.isDirectory(path)) {
          Files.copy(path, tar);
        }
        tar.closeArchiveEntry();
      }
    }
  }

  private static TarArchiveEntry entry(String name, Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      TarArchiveEntry link = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
      link.setLinkName(Files.readSymbolicLink(path).toString());
      link.setMode(0777);
      return link;
    }
    TarArchiveEntry entry = new TarArchiveEntry(Files.isDirectory(path) ? name + "/" : name);
    entry.setMode(Files.isDirectory(path) || Files.isExecutable(path) ? 0755 : 0644);
    entry.setSize(Files.isDirectory(path) ? 0 : Files.size(path));
    return entry;
  }
}
