package dev.decant.lambda;

import org.jspecify.annotations.Nullable;

/**
 * An object in S3 that an event names.
 *
 * @param key as S3 stores it, not URL-encoded
 * @param versionId where the bucket keeps versions and the event says which
 */
record RawDump(String bucket, String key, @Nullable String versionId) {
  String uri() {
    return "s3://" + bucket + '/' + key;
  }
}
