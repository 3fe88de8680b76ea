package dev.decant.source;

import org.jspecify.annotations.Nullable;

/**
 * What a command takes from its source.
 *
 * @param database the name of a database of the dump, or null for the only one that has tables
 * @param encoding the encoding of a dump that declares none, or null for UTF-8
 * @param schema the location of the dump of the schema if the source has only rows, or null
 */
public record SourceChoice(
    @Nullable String database, @Nullable String encoding, @Nullable String schema) {
  /** The whole source, which has one database with tables. */
  public static final SourceChoice ALL = new SourceChoice(null, null, null);
}
