package dev.decant.store;

import java.time.Instant;

/**
 * An object of a store: its key below the store's root, size in bytes, time of its last change, and
 * a tag of its content.
 */
public record StoredObject(String key, long size, Instant modified, String etag) {}
