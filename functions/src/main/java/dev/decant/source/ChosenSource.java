package dev.decant.source;

import dev.decant.archive.ArchiveFolder;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A dump, with the database to take from it, its encoding, and the dump of its schema. */
final class ChosenSource implements Source {
  private final Source dump;
  private final @Nullable String database;
  private final @Nullable String encoding;
  private final @Nullable Source schema;

  ChosenSource(Source dump, SourceChoice choice, @Nullable Source schema) {
    this.dump = dump;
    this.database = choice.database();
    this.encoding = choice.encoding();
    this.schema = schema;
  }

  /** All of them belong to the identity of the work: another schema gives another snapshot. */
  @Override
  public String uri() {
    return dump.uri()
        + (database == null ? "" : "#database=" + database)
        + (encoding == null ? "" : "#encoding=" + encoding)
        + (schema == null ? "" : "#schema=" + schema.uri() + ' ' + schema.identity());
  }

  @Override
  public boolean isRemote() {
    return dump.isRemote();
  }

  @Override
  public String fileName() {
    return dump.fileName();
  }

  @Override
  public long size() {
    return dump.size();
  }

  @Override
  public @Nullable String etag() {
    return dump.etag();
  }

  @Override
  public Optional<Instant> modified() {
    return dump.modified();
  }

  @Override
  public boolean rereadable() {
    return dump.rereadable() && (schema == null || schema.rereadable());
  }

  @Override
  public @Nullable String database() {
    return database;
  }

  @Override
  public @Nullable String encoding() {
    return encoding;
  }

  @Override
  public Optional<Source> schema() {
    return Optional.ofNullable(schema);
  }

  @Override
  public Optional<String> statedMd5() {
    return dump.statedMd5();
  }

  @Override
  public InputStream open() {
    return dump.open();
  }

  @Override
  public InputStream open(long offset) {
    return dump.open(offset);
  }

  @Override
  public @Nullable ArchiveFolder folder() {
    return dump.folder();
  }

  @Override
  public void close() {
    try (dump) {
      if (schema != null) {
        schema.close();
      }
    }
  }
}
