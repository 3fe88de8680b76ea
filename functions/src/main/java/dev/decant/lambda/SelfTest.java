package dev.decant.lambda;

import dev.decant.error.DecantException;
import dev.decant.scratch.ScratchDatabase;
import dev.decant.scratch.ScratchServer;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Reports what the sandbox provides, and whether the embedded PostgreSQL runs in it. The test reads
 * and writes no data of the user. Sizes of memory and disk are in bytes.
 */
final class SelfTest {
  private final Path temporary;
  private final Supplier<ScratchServer> server;

  /**
   * Makes a test of this sandbox.
   *
   * @param temporary the folder for temporary files
   * @param server starts an embedded server; the test closes it
   */
  SelfTest(Path temporary, Supplier<ScratchServer> server) {
    this.temporary = temporary;
    this.server = server;
  }

  /**
   * Runs the test.
   *
   * @param remaining the time that this call still has
   */
  Map<String, Object> run(int memoryMegabytes, Duration remaining) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("status", "self-test");
    // The checks come first, because a running PostgreSQL takes space on the disk.
    List<Map<String, Object>> checks =
        new SandboxChecks(temporary).answers(memoryMegabytes, remaining);
    Map<String, Object> postgresql = postgresql();
    report.put("ready", postgresql.get("starts"));
    report.put("postgresql", postgresql);
    report.put("checks", checks);
    report.put("shmget", SharedMemoryProbe.shmget());
    report.put("devShm", Files.isDirectory(Path.of("/dev/shm")));
    report.put("temporary", temporary());
    report.put("memoryMegabytes", memoryMegabytes);
    report.put("processors", Runtime.getRuntime().availableProcessors());
    report.put("user", user());
    report.put("kernel", System.getProperty("os.name") + ' ' + System.getProperty("os.version"));
    report.put("architecture", System.getProperty("os.arch"));
    report.put("java", java());
    return report;
  }

  private Map<String, Object> postgresql() {
    long start = System.nanoTime();
    Map<String, Object> report = new LinkedHashMap<>();
    try (ScratchServer started = server.get();
        ScratchDatabase database = started.create("selftest")) {
      report.put("starts", one(database));
      report.put("version", started.description());
      report.put("freeBytes", started.freeBytes());
    } catch (DecantException e) {
      report.put("starts", false);
      report.put("error", e.code() + ": " + e.getMessage());
    }
    report.put("milliseconds", (System.nanoTime() - start) / 1_000_000);
    return report;
  }

  private static boolean one(ScratchDatabase database) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM generate_series(1, 1000)")) {
      return row.next() && row.getInt(1) == 1000;
    } catch (SQLException e) {
      return false;
    }
  }

  private Map<String, Object> temporary() {
    try {
      var store = Files.getFileStore(temporary);
      return Map.of(
          "path", temporary.toString(),
          "freeBytes", store.getUsableSpace(),
          "totalBytes", store.getTotalSpace(),
          "writable", Files.isWritable(temporary));
    } catch (IOException e) {
      return Map.of("path", temporary.toString(), "writable", false);
    }
  }

  /**
   * The user of this process. initdb needs an entry in /etc/passwd. The id is -1 except on Linux.
   */
  private static Map<String, Object> user() {
    int id = -1;
    boolean named = false;
    try {
      id = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
      String field = ":" + id + ":";
      named =
          Files.readAllLines(Path.of("/etc/passwd")).stream()
              .anyMatch(line -> line.contains(":x" + field) || line.contains(":*" + field));
    } catch (IOException | UnsupportedOperationException e) {
      // A value that could not be read stays -1 or false.
    }
    return Map.of("id", id, "inPasswd", named, "name", System.getProperty("user.name"));
  }

  private static Map<String, Object> java() {
    List<String> collectors =
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .map(GarbageCollectorMXBean::getName)
            .toList();
    return Map.of(
        "version", Runtime.version().toString(),
        "heapBytes", Runtime.getRuntime().maxMemory(),
        "collectors", collectors,
        "options", ManagementFactory.getRuntimeMXBean().getInputArguments());
  }
}
