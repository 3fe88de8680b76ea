package dev.decant.source;

import dev.decant.archive.ArchiveFolder;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.schema.TableName;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The origin of a raw dump: a file, an object in S3, or standard input. It gives the raw bytes,
 * which may be compressed. An archive in the directory format is a folder, or a prefix in S3. A
 * live database has no raw bytes, but only {@link #content}.
 */
public interface Source extends AutoCloseable {
  /**
   * The location for manifests and messages, without credentials: {@code file:…}, {@code
   * s3://bucket/key}, {@code stdin} or {@code postgresql://host:port/database}.
   */
  String uri();

  /** Whether each reading goes over a network, so that it costs time and money. */
  boolean isRemote();

  /** The last part of the path or of the key; {@code stdin} for standard input. */
  String fileName();

  /** The size in bytes, or -1 if it is not known. */
  long size();

  /**
   * The ETag of an object in S3, or a text that names the state of a database in the same way. Null
   * for other sources.
   */
  @Nullable String etag();

  /** When the object or file was last changed. Empty if this is not known. */
  Optional<Instant> modified();

  /** Whether it can be opened more than once. */
  boolean rereadable();

  /**
   * A text that changes when the bytes of the source change: the ETag of an object in S3, or the
   * size and time of a file. Standard input and pipes have no identity, so each call returns
   * another text for them.
   */
  default String identity() {
    String etag = etag();
    if (etag != null) {
      return etag;
    }
    return rereadable()
        ? size() + " " + modified().map(Instant::toString).orElse("")
        : UUID.randomUUID().toString();
  }

  /** The database to take from a dump of several databases, or null for the one with tables. */
  default @Nullable String database() {
    return null;
  }

  /** The name of the encoding of a dump that declares none; null means UTF-8. */
  default @Nullable String encoding() {
    return null;
  }

  /** The source with the schema of a dump that has only rows. It belongs to this source. */
  default Optional<Source> schema() {
    return Optional.empty();
  }

  /** The MD5 (32 hex digits) that a {@code .md5} sidecar states. Empty without a sidecar. */
  default Optional<String> statedMd5() {
    return Optional.empty();
  }

  /**
   * Opens a stream of all bytes from the beginning. A broken connection is resumed. If the object
   * changes meanwhile, reading it is an error.
   */
  InputStream open();

  /** The files of an archive in the directory format; null for a source that is one file. */
  default @Nullable ArchiveFolder folder() {
    return null;
  }

  /**
   * Opens the text of a source that has no raw bytes. Null for all other sources. The caller closes
   * it.
   */
  default @Nullable DumpContent content() {
    return null;
  }

  /**
   * Opens the text of {@link #content} with empty COPY blocks and without the contents of large
   * objects. The lines of the other statements have other numbers then. Null if the source must
   * read its rows to give the rest of its text. The caller closes the content.
   */
  default @Nullable Supplier<DumpContent> textWithoutRows() {
    return null;
  }

  /**
   * The approximate numbers of bytes of the rows of each table as text. It is empty if the source
   * must be read to know them.
   */
  default Map<TableName, Long> rowBytes() {
    return Map.of();
  }

  /**
   * Opens a stream of the bytes from an offset on. Only a source that is {@link #rereadable} can be
   * opened at another offset than 0.
   */
  default InputStream open(long offset) {
    InputStream all = open();
    try {
      all.skipNBytes(offset);
      return all;
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.SOURCE_UNREADABLE,
          uri() + " could not be read at offset " + offset + ". Check the file or the network.",
          e);
    }
  }

  @Override
  void close();
}
