package dev.decant.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The disk of a server. */
public final class ServerDisk {
  private ServerDisk() {}

  /**
   * The process that serves a connection, and the folder of the server's data if the role may read
   * that setting.
   */
  private record Backend(long pid, @Nullable String folder) {}

  /**
   * The free bytes on the disk with the server's data. They are known only if the server runs on
   * this machine and its role may read where the data are.
   */
  public static OptionalLong freeBytes(Connection connection) {
    Backend backend =
        Queries.rows(
                connection,
                """
                SELECT pg_catalog.pg_backend_pid(),
                  CASE WHEN pg_catalog.pg_has_role('pg_read_all_settings', 'USAGE')
                    THEN pg_catalog.current_setting('data_directory') END
                """,
                "asking where the server's data are",
                row -> new Backend(row.getLong(1), row.getString(2)))
            .getFirst();
    try {
      return backend.folder != null && isHere(backend.pid)
          ? OptionalLong.of(Files.getFileStore(Path.of(backend.folder)).getUsableSpace())
          : OptionalLong.empty();
    } catch (IOException e) {
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
