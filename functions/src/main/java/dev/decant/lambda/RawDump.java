package dev.decant.lambda;

import dev.decant.location.Location;

/**
 * An object in S3 that an event names. Events name a version of it too, where the bucket keeps
 * versions; what counts is the newest: a second event then ends as a duplicate.
 *
 * @param key as S3 stores it, not URL-encoded
 */
record RawDump(String bucket, String key) {
  String uri() {
    return new Location.S3(bucket, key).toString();
  }
}
