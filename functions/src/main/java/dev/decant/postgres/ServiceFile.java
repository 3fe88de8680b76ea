package dev.decant.postgres;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * libpq's connection service files. They are {@code PGSERVICEFILE} or {@code ~/.pg_service.conf},
 * and {@code pg_service.conf} in {@code PGSYSCONFDIR}. The first file that has the service is used.
 * https://www.postgresql.org/docs/current/libpq-pgservice.html
 */
final class ServiceFile {
  private ServiceFile() {}

  /**
   * The parameters of a service by libpq's names. No message shows one, as it may be a password.
   */
  static Map<String, String> read(String service, Map<String, String> environment, Path home) {
    List<Path> files = files(environment, home);
    for (Path file : files) {
      Optional<Map<String, String>> found = find(service, file);
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new DecantException(
        ErrorCode.SETTING_INVALID,
        "The service '"
            + service
            + "' (PGSERVICE) does not exist in "
            + String.join(" or ", files.stream().map(Path::toString).toList())
            + ". Add a section ["
            + service
            + "] there, or name a server with --server.");
  }

  private static List<Path> files(Map<String, String> environment, Path home) {
    List<Path> files = new ArrayList<>();
    String named = environment.get("PGSERVICEFILE");
    files.add(named == null ? home.resolve(".pg_service.conf") : Path.of(named));
    String system = environment.get("PGSYSCONFDIR");
    if (system != null) {
      files.add(Path.of(system, "pg_service.conf"));
    }
    return files;
  }

  private static Optional<Map<String, String>> find(String service, Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return find(service, Files.readAllLines(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.SETTING_INVALID,
          "The service file "
              + file
              + " cannot be read. Make it a UTF-8 text file that you may read, or name another file"
              + " with PGSERVICEFILE.",
          e);
    }
  }

  private static Optional<Map<String, String>> find(String service, List<String> lines) {
    Map<String, String> found = null;
    for (String each : lines) {
      String line = each.strip();
      if (line.startsWith("[") && line.endsWith("]")) {
        if (found != null) {
          break;
        }
        found = line.equals('[' + service + ']') ? new HashMap<>() : null;
      } else if (found != null && !line.startsWith("#") && line.contains("=")) {
        int equals = line.indexOf('=');
        found.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
      }
    }
    return Optional.ofNullable(found);
  }
}
