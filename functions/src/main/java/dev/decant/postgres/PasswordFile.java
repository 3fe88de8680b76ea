package dev.decant.postgres;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * libpq's password file: {@code PGPASSFILE} or {@code ~/.pgpass}, lines of {@code
 * host:port:database:user:password}. As with libpq, a file that others may read does not count.
 * https://www.postgresql.org/docs/current/libpq-pgpass.html
 *
 * <p>decant works in several databases of a server, of which some do not exist yet, and a role has
 * one password for all of them. So where no line is for the database, one for another database of
 * the same server and role counts.
 */
record PasswordFile(Path file) {
  private static final int DATABASE = 2;
  private static final int PASSWORD = 4;

  static PasswordFile of(Map<String, String> environment, Path home) {
    String named = environment.getOrDefault("PGPASSFILE", "");
    return new PasswordFile(named.isEmpty() ? home.resolve(".pgpass") : Path.of(named));
  }

  /** The password of a role of a server, of the first line that is for it. */
  Optional<String> password(ServerAddress server) {
    List<String> hosts = server.namesInPasswordFile();
    String port = Integer.toString(server.port());
    Optional<String> other = Optional.empty();
    for (List<String> line : lines()) {
      boolean isRole =
          hosts.stream().anyMatch(host -> matches(line.getFirst(), host))
              && matches(line.get(1), port)
              && matches(line.get(3), server.user());
      if (isRole && matches(line.get(DATABASE), server.database())) {
        return Optional.of(unescaped(line.get(PASSWORD)));
      }
      if (isRole && other.isEmpty()) {
        other = Optional.of(unescaped(line.get(PASSWORD)));
      }
    }
    return other;
  }

  private List<List<String>> lines() {
    if (!Files.isRegularFile(file) || othersMayRead()) {
      return List.of();
    }
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
          .filter(line -> !line.startsWith("#"))
          .map(PasswordFile::fields)
          .filter(fields -> fields.size() > PASSWORD)
          .toList();
    } catch (IOException e) {
      throw new DecantException(
          ErrorCode.SETTING_INVALID,
          "Cannot read the password file "
              + file
              + " (PGPASSFILE): it must be text in UTF-8 that"
              + " you may read.");
    }
  }

  private boolean othersMayRead() {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return false;
    }
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      return permissions.stream().anyMatch(each -> !each.name().startsWith("OWNER"));
    } catch (IOException e) {
      return true;
    }
  }

  /** Cut at colons without a backslash before them; escapes stay. */
  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && i + 1 < line.length()) {
        field.append(c).append(line.charAt(++i));
      } else if (c == ':') {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }

  /** A star of its own stands for anything; an escaped one for itself. */
  private static boolean matches(String field, String text) {
    return field.equals("*") || unescaped(field).equals(text);
  }

  private static String unescaped(String field) {
    return field.replaceAll("\\\\(.)", "$1");
  }
}
