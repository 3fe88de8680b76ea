package dev.decant.lambda;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.util.List;
import java.util.Optional;

/**
 * Which objects are dumps to sanitize: those under the raw prefix that are named as dumps are.
 *
 * @param rawPrefix without a slash at its end; empty for a whole bucket
 * @param store where sanitized snapshots go, {@code s3://bucket/prefix} or a folder
 */
record DumpFilter(String rawPrefix, String store) {
  private static final List<String> SUFFIXES = List.of(".sql", ".sql.zst", ".sql.gz");

  DumpFilter {
    rawPrefix = withoutSlash(rawPrefix);
    store = withoutSlash(store);
  }

  /**
   * Why an object is none of our business, or empty where it is a dump.
   *
   * @throws DecantException REFUSED for what lies where sanitized snapshots are written: an event
   *     from there would make the function feed itself
   */
  Optional<String> ignored(RawDump dump) {
    if ((dump.uri() + '/').startsWith(store + '/')) {
      throw new DecantException(
          ErrorCode.REFUSED,
          dump.uri()
              + " lies in the store "
              + store
              + ", where sanitized snapshots are written: it is no source. Limit the rule or"
              + " notification that sent this event to the raw prefix");
    }
    if (!rawPrefix.isEmpty() && !dump.key().startsWith(rawPrefix + '/')) {
      return Optional.of("not under the raw prefix " + rawPrefix + '/');
    }
    if (SUFFIXES.stream().noneMatch(dump.key()::endsWith)) {
      return Optional.of("not named as a dump: " + String.join(", ", SUFFIXES));
    }
    return Optional.empty();
  }

  private static String withoutSlash(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
