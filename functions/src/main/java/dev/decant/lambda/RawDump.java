package dev.decant.lambda;

import dev.decant.location.Location;

/**
 * An object in S3 that an event names. If the bucket keeps versions, the event also names a
 * version, which is ignored: the newest one is read, so an event for another version is a
 * duplicate.
 *
 * @param key the key as S3 stores it, not URL-encoded
 */
record RawDump(String bucket, String key) {
  String uri() {
    return new Location.S3(bucket, key).toString();
  }
}
