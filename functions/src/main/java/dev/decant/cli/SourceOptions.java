package dev.decant.cli;

import dev.decant.source.SourceChoice;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that read a dump. */
final class SourceOptions {
  @Option(
      names = "--database",
      paramLabel = "NAME",
      description =
          "The database to take from a dump of several databases (pg_dumpall). Default: the only"
              + " one that has tables.")
  @Nullable String database;

  @Option(
      names = "--schema",
      paramLabel = "FILE",
      description =
          "The dump of the schema (pg_dump --schema-only) if the source has only rows (pg_dump"
              + " --data-only): a file or s3://bucket/key.")
  @Nullable String schema;

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      description =
          "The encoding of a dump that declares none, or SQL_ASCII, with the name that PostgreSQL"
              + " has for it, for example WIN1252. Default: UTF8.")
  @Nullable String encoding;

  SourceChoice choice() {
    return new SourceChoice(database, encoding, schema);
  }
}
