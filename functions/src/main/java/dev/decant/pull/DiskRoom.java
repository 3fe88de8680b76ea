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

/** Whether the rows will fit the server's disk, told before anything is created. */
final class DiskRoom {
  /** Bytes of tables and indexes for each byte of COPY text: the shop measures 1.5. */
  private static final double DISK_PER_TEXT = 1.8;

  private static final long OF_AN_EMPTY_DATABASE = 8_000_000;

  private DiskRoom() {}

  /** What a pull of so many bytes of COPY text needs. */
  static long needed(long textBytes) {
    return (long) (textBytes * DISK_PER_TEXT) + OF_AN_EMPTY_DATABASE;
  }

  /**
   * Refuses where it will not fit; where the server's disk cannot be seen from here it says what is
   * needed.
   *
   * @return what to tell the person
   */
  static String require(PullServer server, long textBytes) {
    long needed = needed(textBytes);
    OptionalLong free = free(server);
    String about = "About " + Quantity.bytes(needed) + " of disk are needed on " + server.host();
    if (free.isEmpty()) {
      return about + "; how much is free there cannot be seen from here.";
    }
    if (needed > free.getAsLong()) {
      throw new DecantException(
          ErrorCode.DISK_FULL,
          about
              + ", "
              + Quantity.bytes(free.getAsLong())
              + " are free. Make room (`decant gc` drops databases of old pulls), or pull less:"
              + " --tables, --schema-only. Nothing was created.");
    }
    return about + ", " + Quantity.bytes(free.getAsLong()) + " are free.";
  }

  /** Known where the server runs on this machine and says where its data are. */
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
      return OptionalLong.empty(); // a folder that we may not pass
    }
  }

  /**
   * Whether the process that serves our connection runs on this machine: an address of the loopback
   * may lead into a container, or through a tunnel to anywhere.
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
