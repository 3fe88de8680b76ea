package dev.decant.store;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tests whether a store has conditional writes, without which claims and leases do not work. Some
 * S3-compatible stores refuse such a write, and others ignore its condition.
 */
public final class ConditionalWrites {
  private static final Set<String> TESTED = ConcurrentHashMap.newKeySet();

  private ConditionalWrites() {}

  /**
   * Writes a small object twice and removes it. A store that has passed the test is not tested
   * again in this process, and neither is a folder.
   *
   * @throws DecantException STORE_UNSUITABLE if a condition is refused or ignored
   */
  public static void require(SnapshotStore store) {
    if (store.isRemote() && !TESTED.contains(store.location())) {
      test(store);
      TESTED.add(store.location());
    }
  }

  static void test(SnapshotStore store) {
    String key = RunClaim.key("probe-" + UUID.randomUUID());
    try {
      if (!store.putIfAbsent(key, bytes("first"))) {
        throw unsuitable(store, "If-None-Match: *", "refuses the first write of an object");
      }
      if (store.putIfAbsent(key, bytes("second"))) {
        throw unsuitable(store, "If-None-Match: *", "ignores this header");
      }
      if (store.replace(key, bytes("third"), "\"00000000000000000000000000000000\"")) {
        throw unsuitable(store, "If-Match", "ignores this header");
      }
    } finally {
      store.delete(key);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static DecantException unsuitable(SnapshotStore store, String header, String what) {
    return unsuitable(store.location(), header, what);
  }

  /** The error for a store that lacks conditional writes. */
  static DecantException unsuitable(String where, String header, String what) {
    return new DecantException(
        ErrorCode.STORE_UNSUITABLE,
        "The store of "
            + where
            + " has no conditional writes: it "
            + what
            + " ("
            + header
            + "). decant needs them so that only one of several runs publishes. Use AWS S3, or a"
            + " version of this store that supports If-None-Match and If-Match of PutObject.");
  }
}
