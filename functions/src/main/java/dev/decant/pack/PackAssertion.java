package dev.decant.pack;

/**
 * An assertion of a pack.
 *
 * @param name a sentence that states the fact
 * @param sql a query that must give no rows
 */
public record PackAssertion(String name, String sql) {}
