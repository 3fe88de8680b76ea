package dev.decant.pull;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.postgres.Queries;
import dev.decant.progress.Quantity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

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

  /**
   * The free space. It is known only if the server runs on this machine and shows the path of its
   * data.
   */
  private static OptionalLong free(PullServer server) {
    record Place(long pid, @Nullable String folder) {}
    try (Connection connection = server.connect()) {
      Place place =
          Queries.rows(
                  connection,
                  """
                  SELECT pg_backend_pid(),
                    CASE WHEN pg_has_role('pg_read_all_settings', 'USAGE')
                      THEN current_setting('data_directory') END
                  """,
                  "asking where the server's data are",
                  row -> new Place(row.getLong(1), row.getString(2)))
              .getFirst();
      return place.folder != null && isHere(place.pid)
          ? OptionalLong.of(Files.getFileStore(Path.of(place.folder)).getUsableSpace())
          : OptionalLong.empty();
    } catch (IOException | SQLException e) {
      return OptionalLong.empty(); // this account may not enter the folder
    }
  }

  /**
   * Returns whether the process that serves the connection runs on this machine. A loopback address
   * proves nothing: it may lead into a container or through a tunnel.
   */
  private static boolean isHere(long pid) throws IOException {
    Path file = Path.of("/proc", Long.toString(pid), "cmdline");
    String command =
        Files.isReadable(file)
            ? Files.readString(file, StandardCharsets.ISO_8859_1)
            : ProcessHandle.of(pid).flatMap(p -> p.info().commandLine()).orElse("");
    return command.contains("postgres");
  }
}
