package dev.decant.source;

import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a raw dump is read from: a file, an object in S3, standard input. Opening gives its raw
 * (still compressed) bytes.
 */
public interface Source extends AutoCloseable {
  /**
   * For manifests and messages, without credentials: {@code file:…}, {@code s3://bucket/key},
   * {@code stdin}.
   */
  String uri();

  /** Whether each reading goes over a network, so that it costs time and money. */
  boolean isRemote();

  /** The file's or the key's last part; {@code stdin} for standard input. */
  String fileName();

  /** Bytes, or -1 where unknown. */
  long size();

  /** The S3 ETag, or null where there is none. */
  @Nullable String etag();

  /** When the object or file was last changed; empty where unknown. */
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

  /** The MD5 (32 hex digits) that a {@code .md5} sidecar states, where there is one. */
  Optional<String> statedMd5();

  /**
   * The bytes from the first on; a broken connection is resumed, an object that changed meanwhile
   * is an error.
   */
  InputStream open();

  @Override
  void close();
}
