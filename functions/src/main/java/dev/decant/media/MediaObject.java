package dev.decant.media;

/**
 * An object of a listing.
 *
 * @param key relative to the prefix of the bucket
 * @param size in bytes
 * @param etag without quotes
 */
public record MediaObject(String key, long size, String etag) {
  /**
   * Whether the object was uploaded in parts. Then a copy in one piece cannot have the same ETag.
   */
  boolean inParts() {
    return etag.indexOf('-') >= 0;
  }
}
