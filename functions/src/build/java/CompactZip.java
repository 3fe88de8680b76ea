import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * A step of the build that makes the zip of a function smaller. The classes in a jar are compressed
 * one by one, so that what they have in common is stored again for each of them. This program
 * stores them uncompressed in their jar, and the zip then compresses each jar as a whole.
 */
final class CompactZip {
  private CompactZip() {}

  /** Rewrites the zips that the arguments name. */
  static void main(String[] arguments) throws IOException {
    for (String zip : arguments) {
      compact(Path.of(zip));
    }
  }

  private static void compact(Path zip) throws IOException {
    Path compacted = zip.resolveSibling(zip.getFileName() + ".part");
    try (ZipFile in = ZipFile.builder().setPath(zip).get();
        ZipArchiveOutputStream out = new ZipArchiveOutputStream(compacted)) {
      out.setLevel(Deflater.BEST_COMPRESSION);
      for (ZipArchiveEntry entry : Collections.list(in.getEntriesInPhysicalOrder())) {
        try (InputStream content = in.getInputStream(entry)) {
          byte[] bytes = content.readAllBytes();
          ZipArchiveEntry copy = new ZipArchiveEntry(entry.getName());
          copy.setTime(entry.getTime());
          copy.setUnixMode(entry.getUnixMode());
          out.putArchiveEntry(copy);
          out.write(entry.getName().endsWith(".jar") ? stored(bytes) : bytes);
          out.closeArchiveEntry();
        }
      }
    }
    Files.move(compacted, zip, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The same jar with all its entries uncompressed. */
  private static byte[] stored(byte[] jar) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(jar.length * 4);
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(jar));
        ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        byte[] content = in.readAllBytes();
        CRC32 sum = new CRC32();
        sum.update(content);
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTime(entry.getTime());
        copy.setMethod(ZipEntry.STORED);
        copy.setSize(content.length);
        copy.setCrc(sum.getValue());
        out.putNextEntry(copy);
        out.write(content);
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
