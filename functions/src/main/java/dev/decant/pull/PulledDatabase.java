package dev.decant.pull;

import java.time.Instant;

/**
 * A database that a pull created.
 *
 * @param snapshot the snapshot that was pulled
 * @param pulledAt when the database was complete
 * @param size in bytes; -1 if this role may not know it
 * @param connections the number of all sessions in it now
 */
public record PulledDatabase(
    String name, String snapshot, Instant pulledAt, long size, int connections) {}
