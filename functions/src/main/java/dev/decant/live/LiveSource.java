package dev.decant.live;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.ServerAddress;
import dev.decant.schema.TableName;
import dev.decant.source.DumpContent;
import dev.decant.source.Source;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One state of a live database, which is fixed when this is opened and kept until it is closed.
 * Nothing is written to the database. Its rows can be read once.
 */
public final class LiveSource implements Source {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final ServerAddress server;
  private final LiveOptions options;
  private final LiveSession session;
  private final Path pgDump;

  /** The table of contents that pg_dump wrote for a text without rows, until it is read again. */
  private final AtomicReference<byte @Nullable []> contents = new AtomicReference<>();

  private LiveSource(ServerAddress server, LiveOptions options) {
    this.server = server;
    this.options = options;
    this.session = LiveSession.open(server, options);
    boolean found = false;
    try {
      pgDump = PgDumpFinder.find(session.sql().version(), options);
      found = true;
    } finally {
      if (!found) {
        session.close();
      }
    }
  }

  /**
   * Connects to a database and fixes its state. The caller closes the source.
   *
   * @param server with the name of the database
   * @throws DecantException if the role may not read everything, if a table stays locked, or if
   *     there is no pg_dump for the server
   */
  public static LiveSource open(ServerAddress server, LiveOptions options) {
    return new LiveSource(server, options);
  }

  @Override
  public String uri() {
    return "postgresql://" + server.place() + '/' + server.database();
  }

  @Override
  public boolean isRemote() {
    return true;
  }

  /** The name of the database with the time of its state, as the name of a snapshot. */
  @Override
  public String fileName() {
    String name = server.database().replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^\\.", "-");
    return name + '_' + TIME.format(session.state().time());
  }

  @Override
  public long size() {
    return -1;
  }

  @Override
  public String etag() {
    return identity(session, options);
  }

  /** A text that names the state of the database that a session reads, and the form of its rows. */
  static String identity(LiveSession session, LiveOptions options) {
    return session.state().identity()
        + options.encoding().map(encoding -> "#encoding=" + encoding).orElse("");
  }

  @Override
  public Optional<Instant> modified() {
    return Optional.of(session.state().time());
  }

  @Override
  public boolean rereadable() {
    return false;
  }

  @Override
  public @Nullable String encoding() {
    return options.encoding().orElse(null);
  }

  @Override
  public InputStream open() {
    throw new DecantException(
        ErrorCode.USAGE, uri() + " is a database, but a file is expected. Name a file.");
  }

  @Override
  public DumpContent content() {
    byte[] written = contents.getAndSet(null);
    Map<TableName, LiveTable> tables = session.state().tables();
    return new LiveContent(
        server,
        session,
        written == null ? startPgDump() : new ByteArrayInputStream(written),
        tables.values().stream().mapToLong(LiveTable::bytes).sum(),
        () -> {},
        (entries, readers, taken) ->
            new LiveData(entries, tables, readers, options.connections(), taken));
  }

  private PgDumpRun startPgDump() {
    return PgDumpRun.start(pgDump, server, session);
  }

  @Override
  public Supplier<DumpContent> textWithoutRows() {
    return () -> withoutRows(rows -> {}, () -> {});
  }

  /**
   * The text without any row and any large object. Each COPY block is empty. The caller closes it.
   * pg_dump is not started again for the text that is read next.
   *
   * @param found gets the rows of each COPY block while the text is read, in the order of the
   *     blocks
   * @param largeObjects is called if the database has large objects
   */
  public DumpContent withoutRows(Consumer<RowRange> found, Runnable largeObjects) {
    RecordedStream recorded = new RecordedStream(startPgDump());
    return new LiveContent(
        server,
        session,
        recorded,
        -1,
        () -> contents.set(recorded.bytes()),
        (entries, readers, taken) -> new NoRows(session.state().tables(), found, largeObjects));
  }

  @Override
  public Map<TableName, Long> rowBytes() {
    return session.state().tables().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().bytes()));
  }

  @Override
  public void close() {
    session.close();
  }
}
