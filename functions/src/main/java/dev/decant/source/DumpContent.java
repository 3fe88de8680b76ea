package dev.decant.source;

import java.io.InputStream;
import java.util.Optional;

/** The text of a source: of one file, of the files of a folder, or of a database. */
public interface DumpContent extends AutoCloseable {
  InputStream text();

  /** The number of all raw bytes, or -1 if it is not known. */
  long total();

  /** The number of raw bytes that were consumed. Any thread may ask. */
  long taken();

  /** Checks, once the text was read to its end, that all raw bytes came and are right. */
  void check();

  /** The SHA-256 in hex, after {@link #check}. Empty for a source with an ETag. */
  Optional<String> sha256();

  @Override
  void close();
}
