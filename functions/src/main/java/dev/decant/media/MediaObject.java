package dev.decant.media;

/**
 * An object as a listing tells it.
 *
 * @param key below the bucket's prefix
 * @param size in bytes
 * @param etag without quotes
 */
public record MediaObject(String key, long size, String etag) {
  /** Whether it was uploaded in parts: no one-part copy of it can have the same ETag. */
  boolean inParts() {
    return etag.indexOf('-') >= 0;
  }
}
