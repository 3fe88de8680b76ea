package dev.decant.lambda;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.setting.RawKeys;
import java.util.Optional;

/**
 * Decides which objects are dumps to sanitize: those under the raw prefix with the name of a dump.
 *
 * @param rawPrefix the prefix of raw dumps, without a slash at its end; empty for a whole bucket
 * @param store the store of sanitized snapshots, {@code s3://bucket/prefix} or a folder
 */
record DumpFilter(String rawPrefix, String store) {
  DumpFilter {
    rawPrefix = withoutSlash(rawPrefix);
    store = withoutSlash(store);
  }

  /**
   * The reason to skip an object, or empty if it is a dump.
   *
   * @throws DecantException REFUSED if the object lies in the store of sanitized snapshots: the
   *     function would then be invoked by its own output
   */
  Optional<String> skipped(RawDump dump) {
    if ((dump.uri() + '/').startsWith(store + '/')) {
      throw new DecantException(
          ErrorCode.REFUSED,
          dump.uri()
              + " lies in the store "
              + store
              + ", where sanitized snapshots are written, so it cannot be a source. Limit the rule"
              + " or notification that sent this event to the raw prefix");
    }
    if (!rawPrefix.isEmpty() && !dump.key().startsWith(rawPrefix + '/')) {
      return Optional.of("not under the raw prefix " + rawPrefix + '/');
    }
    if (!RawKeys.isDump(dump.key())) {
      return Optional.of("not named as a dump, such as NAME.sql.zst, NAME.sql.gz or NAME.dump");
    }
    return Optional.empty();
  }

  private static String withoutSlash(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
