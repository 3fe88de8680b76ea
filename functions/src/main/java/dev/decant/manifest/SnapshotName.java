package dev.decant.manifest;

/**
 * The name of a snapshot: {@code SERVICE/ENVIRONMENT/NAME}, each a path segment.
 *
 * @param name without any suffix: {@code pgsql_app_db_20260323-060000}
 */
public record SnapshotName(String service, String environment, String name) {
  public static final String DUMP = ".sql.zst";
  public static final String MD5 = ".sql.zst.md5";
  public static final String REPORT = ".report.html";
  public static final String MANIFEST = ".manifest.json";

  /** The key of one of its files in a store. */
  public String key(String suffix) {
    return service + '/' + environment + '/' + name + suffix;
  }

  @Override
  public String toString() {
    return key("");
  }
}
