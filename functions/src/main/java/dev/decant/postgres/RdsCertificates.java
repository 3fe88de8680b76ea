package dev.decant.postgres;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.resource.PackagedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The root certificates of Amazon RDS. No operating system and no JVM knows them, so a connection
 * that checks the certificate of an instance of RDS needs them as a file.
 */
final class RdsCertificates {
  private static final Pattern HOST = Pattern.compile(".+\\.rds\\.amazonaws\\.com\\.?");

  private static @Nullable Path file;

  private RdsCertificates() {}

  /**
   * Adds decant's own file of the certificates to the properties of a connection, if it goes to an
   * instance of RDS, checks its certificate and names no other file.
   *
   * @throws DecantException {@link ErrorCode#SETTING_INVALID} if the file cannot be written
   */
  static Map<String, String> added(Map<String, String> properties, String host) {
    if (!HOST.matcher(host).matches()
        || !properties.getOrDefault("sslmode", "").startsWith("verify-")
        || properties.containsKey("sslrootcert")) {
      return properties;
    }
    Map<String, String> more = new HashMap<>(properties);
    more.put("sslrootcert", file().toString());
    return more;
  }

  /** The file, which is written once for each process and deleted at its end. */
  private static synchronized Path file() {
    Path written = file;
    if (written != null && Files.exists(written)) {
      return written;
    }
    try {
      written = Files.createTempFile("decant-rds-", ".pem");
      written.toFile().deleteOnExit();
      Files.write(written, PackagedFile.bytes(RdsCertificates.class, "rds-certificates.pem"));
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.SETTING_INVALID,
          "The certificates of RDS could not be written to the temporary folder. Make room there,"
              + " or name a file of them with sslrootcert.",
          e);
    }
    file = written;
    return written;
  }
}
