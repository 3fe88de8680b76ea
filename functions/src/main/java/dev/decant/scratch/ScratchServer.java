package dev.decant.scratch;

import dev.decant.error.DecantException;
import dev.decant.error.DiskFull;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.DatabaseEncoding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A PostgreSQL server on which a run makes temporary databases. Closing it removes all of them, and
 * it also removes an embedded server.
 */
public interface ScratchServer extends AutoCloseable {
  /**
   * A description for manifests and messages, {@code embedded 18.6} or {@code server HOST 16.4}.
   */
  String description();

  /** The server's {@code server_version_num}, for example 180006. */
  int version();

  /** The extensions that CREATE EXTENSION can create here. */
  Set<String> extensions();

  /** The folder of the server's data; empty if it is on another machine or not known. */
  Optional<Path> folder();

  /**
   * Whether only decant uses the server, with settings under which no log has the text of a
   * statement, whatever happens.
   */
  default boolean keepsStatementsSecret() {
    return false;
  }

  /** The free bytes on the disk of the server's data, or -1 if that is not known. */
  default long freeBytes() {
    return folder().map(DiskFull::free).orElse(-1L);
  }

  /** Makes an empty database with the encoding UTF-8 and without extensions. */
  default ScratchDatabase create(String purpose) {
    return create(purpose, Map.of());
  }

  /**
   * Makes an empty database with the encoding UTF-8.
   *
   * @param extensions the schemas of the extensions to create in it, by the extensions' names
   */
  default ScratchDatabase create(String purpose, Map<String, String> extensions) {
    return create(purpose, extensions, DatabaseEncoding.UTF8);
  }

  /**
   * Makes an empty database.
   *
   * @param extensions the schemas of the extensions to create in it, by the extensions' names
   */
  ScratchDatabase create(String purpose, Map<String, String> extensions, DatabaseEncoding encoding);

  /**
   * Makes an empty database whose tables get no long rows. A server that allows it creates tables
   * more quickly there.
   *
   * @param extensions the schemas of the extensions to create in it, by the extensions' names
   */
  default ScratchDatabase createForSchema(
      String purpose, Map<String, String> extensions, DatabaseEncoding encoding) {
    return create(purpose, extensions, encoding);
  }

  /**
   * Makes a copy of a database by CREATE DATABASE … TEMPLATE. The database must have no
   * connections.
   */
  ScratchDatabase copy(ScratchDatabase of, String purpose);

  /**
   * Keeps a database when this object is closed, so that other processes of the run can use it.
   *
   * @param lease the time after which the database counts as left by a dead run
   * @throws DecantException SETTING_INVALID if other processes cannot reach the server
   */
  default void keep(ScratchDatabase database, Duration lease) {
    throw notShared();
  }

  /**
   * Takes a database that another process of the run kept. It is dropped as if it was created here.
   *
   * @throws DecantException SETTING_INVALID if other processes cannot reach the server
   */
  default ScratchDatabase adopt(String name) {
    throw notShared();
  }

  /** The error of a server that only this process can reach. */
  static DecantException notShared() {
    return new DecantException(
        ErrorCode.SETTING_INVALID,
        "An embedded scratch server serves one process, but several processes take part in this"
            + " run. Name a server that all of them reach: set DECANT_SCRATCH to"
            + " postgresql://user@host:port/database.");
  }

  @Override
  void close();
}
