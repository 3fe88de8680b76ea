package dev.decant.schema;

/**
 * A column of a table.
 *
 * @param generated whether the server computes it ({@code GENERATED ALWAYS AS (…)}): such columns
 *     are not in a dump's rows
 * @param constrained whether a CHECK, or a domain with checks, reads it
 */
public record Column(
    String name, ColumnType type, boolean notNull, boolean generated, boolean constrained) {}
