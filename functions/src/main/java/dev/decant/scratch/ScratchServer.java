package dev.decant.scratch;

import dev.decant.error.DiskFull;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A PostgreSQL server on which a run makes throw-away databases. Closing it removes all of them,
 * and an embedded server itself.
 */
public interface ScratchServer extends AutoCloseable {
  /** For manifests and messages: {@code embedded 18.6} or {@code server HOST 16.4}. */
  String description();

  /** {@code server_version_num}, 180006 for instance. */
  int version();

  /** The extensions that CREATE EXTENSION can have here. */
  Set<String> extensions();

  /** Where the server keeps its data; empty where that is another machine, or not known. */
  Optional<Path> folder();

  /** Bytes free where the server keeps its data, or -1 where unknown. */
  default long freeBytes() {
    return folder().map(DiskFull::free).orElse(-1L);
  }

  /** Makes an empty database, UTF-8, without extensions. */
  default ScratchDatabase create(String purpose) {
    return create(purpose, Map.of());
  }

  /**
   * Makes an empty database, UTF-8.
   *
   * @param extensions to create in it, with the schemas that they go to: the schemas, by the names
   *     of the extensions
   */
  ScratchDatabase create(String purpose, Map<String, String> extensions);

  /** Makes a copy of a database that has no connections just now (CREATE DATABASE … TEMPLATE). */
  ScratchDatabase copy(ScratchDatabase of, String purpose);

  @Override
  void close();
}
