package dev.decant.store;

import java.time.Instant;

/**
 * An object of a store.
 *
 * @param key relative to the root of the store
 * @param size in bytes
 * @param modified when the object was last changed
 * @param etag changes when the content changes
 */
public record StoredObject(String key, long size, Instant modified, String etag) {}
