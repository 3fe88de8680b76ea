package dev.decant.pull;

import java.time.Instant;

/**
 * A database that a pull made.
 *
 * @param snapshot that it was a pull of
 * @param pulledAt when it was whole
 * @param size in bytes; -1 where we may not know
 * @param connections of anybody, now
 */
public record PulledDatabase(
    String name, String snapshot, Instant pulledAt, long size, int connections) {}
