package dev.decant.setting;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The version of decant. The build writes it, and the commit that it was made from, into the file
 * {@code version.properties} of this package.
 */
public final class Version {
  private static final Properties BUILD = build();

  private Version() {}

  /** The version, or {@code development} if Maven did not build the classes. */
  public static String text() {
    return BUILD.getProperty("version", "development");
  }

  /** The version, its commit and the date of the commit in UTC, as far as they are known. */
  public static String withCommit() {
    String commit = BUILD.getProperty("commit", "");
    if (commit.isEmpty()) {
      return text();
    }
    String changed = Boolean.parseBoolean(BUILD.getProperty("modified")) ? " with changes" : "";
    String day = BUILD.getProperty("time", "").replaceFirst("T.*", "");
    return text() + " (commit " + commit + changed + ", " + day + ")";
  }

  private static Properties build() {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("version.properties", e);
    }
    return properties;
  }
}
