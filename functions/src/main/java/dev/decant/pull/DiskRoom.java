package dev.decant.pull;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.DatabaseErrors;
import dev.decant.postgres.ServerDisk;
import dev.decant.progress.Quantity;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;

/** Checks before a pull creates anything whether the rows fit on the disk of the server. */
final class DiskRoom {
  /** Bytes of tables and indexes for each byte of COPY text. For the shop of the demo it is 1.5. */
  private static final double DISK_PER_TEXT = 1.8;

  private static final long OF_AN_EMPTY_DATABASE = 8_000_000;

  private DiskRoom() {}

  /** The number of bytes on disk that a pull of so many bytes of COPY text needs. */
  static long needed(long textBytes) {
    return (long) (textBytes * DISK_PER_TEXT) + OF_AN_EMPTY_DATABASE;
  }

  /**
   * Refuses a pull that does not fit. If decant cannot see the disk of the server, the line only
   * says how much is needed.
   *
   * @return a line for the person
   */
  static String require(PullServer server, long textBytes) {
    long needed = needed(textBytes);
    OptionalLong free = free(server);
    String about =
        "About " + Quantity.bytes(needed) + " of disk space are needed on " + server.host();
    if (free.isEmpty()) {
      return about + ". decant cannot see how much is free there.";
    }
    if (needed > free.getAsLong()) {
      throw new DecantException(
          ErrorCode.DISK_FULL,
          about
              + ", but only "
              + Quantity.bytes(free.getAsLong())
              + " are free. Nothing was created. Make room (`decant gc` drops databases of old"
              + " pulls), or pull less with --tables or --schema-only.");
    }
    return about + ", and " + Quantity.bytes(free.getAsLong()) + " are free.";
  }

  private static OptionalLong free(PullServer server) {
    try (Connection connection = server.connect()) {
      return ServerDisk.freeBytes(connection);
    } catch (SQLException e) {
      throw DatabaseErrors.closing(e);
    }
  }
}
