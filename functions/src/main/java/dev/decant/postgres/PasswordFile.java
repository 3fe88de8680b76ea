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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * libpq's password file, which is {@code PGPASSFILE} or {@code ~/.pgpass}. It has lines of the form
 * {@code host:port:database:user:password}. Like libpq, decant ignores a file that other accounts
 * can read. https://www.postgresql.org/docs/current/libpq-pgpass.html
 *
 * <p>decant works in several databases of a server, and some of them do not exist yet, but a role
 * has the same password for all of them. So if the file has no line for the database, a line for
 * another database of the same server and role is used.
 */
record PasswordFile(Path file) {
  private static final int DATABASE = 2;
  private static final int PASSWORD = 4;

  static PasswordFile of(Map<String, String> environment, Path home) {
    String named = environment.getOrDefault("PGPASSFILE", "");
    return new PasswordFile(named.isEmpty() ? home.resolve(".pgpass") : Path.of(named));
  }

  /** The line that such a file needs for a server, with PASSWORD in place of the password. */
  static String line(ServerAddress server) {
    return Stream.of(
            server.namesInPasswordFile().getFirst(),
            Integer.toString(server.port()),
            "*",
            server.user(),
            "PASSWORD")
        .map(field -> field.replaceAll("([:\\\\])", "\\\\$1"))
        .collect(Collectors.joining(":"));
  }

  /** The password from the first line that matches a server and its role. */
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
          "The password file "
              + file
              + " cannot be read. Make it a UTF-8 text file that you may read, or name another file"
              + " with PGPASSFILE.");
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

  /** The fields of a line, which end at colons without a backslash. Escapes are not removed. */
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

  /** A field that is a star matches any text. A star with a backslash matches only a star. */
  private static boolean matches(String field, String text) {
    return field.equals("*") || unescaped(field).equals(text);
  }

  private static String unescaped(String field) {
    return field.replaceAll("\\\\(.)", "$1");
  }
}
