package dev.decant.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the pg_dump for a server. It is the one with the major version of the server, or else the
 * oldest newer one. An older pg_dump refuses the server.
 */
final class PgDumpFinder {
  private static final Pattern MAJOR = Pattern.compile("\\(PostgreSQL\\) (\\d{1,4})");
  private static final int MOST_SAID = 4096;

  /** Where packages of Debian, Red Hat and Homebrew keep several versions. */
  private static final List<Folders> INSTALLED =
      List.of(
          new Folders(Path.of("/usr/lib/postgresql"), "*"),
          new Folders(Path.of("/usr"), "pgsql-*"),
          new Folders(Path.of("/opt/homebrew/opt"), "{postgresql@*,libpq}"),
          new Folders(Path.of("/usr/local/opt"), "{postgresql@*,libpq}"));

  /** The folders of a parent whose names match a pattern. */
  private record Folders(Path parent, String pattern) {
    Stream<Path> programs() {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, pattern)) {
        List<Path> programs = new ArrayList<>();
        found.forEach(folder -> programs.add(folder.resolve("bin/pg_dump")));
        return programs.stream();
      } catch (IOException e) {
        return Stream.of(); // such packages are not installed
      }
    }
  }

  private PgDumpFinder() {}

  /** A program and its major version. */
  private record Found(Path program, int major) {
    @Override
    public String toString() {
      return "pg_dump " + major + " (" + program + ")";
    }
  }

  /** The program for a server with this version number, for example 180001. */
  static Path find(int serverVersion, LiveOptions options) {
    int major = serverVersion / 10_000;
    List<Found> found =
        options.pgDump().map(List::of).orElseGet(() -> candidates(options)).stream()
            .distinct()
            .flatMap(program -> version(program).stream())
            .toList();
    return found.stream()
        .filter(each -> each.major() >= major)
        .min(Comparator.comparingInt(Found::major))
        .map(Found::program)
        .orElseThrow(() -> missing(major, found, options));
  }

  private static DecantException missing(int major, List<Found> found, LiveOptions options) {
    String seen =
        found.isEmpty()
            ? options.pgDump().map(p -> p + " is no pg_dump.").orElse("None was found.")
            : found.stream().map(Found::toString).collect(Collectors.joining(", ", "Found: ", "."));
    return new DecantException(
        ErrorCode.SETTING_INVALID,
        "The server is a PostgreSQL "
            + major
            + ", so decant needs pg_dump "
            + major
            + " or newer to read its schema. "
            + seen
            + " Install it (Debian and Ubuntu with the repository apt.postgresql.org: apt-get"
            + " install postgresql-client-"
            + major
            + "; macOS: brew install postgresql@"
            + major
            + "), or name the program with DECANT_PG_DUMP.");
  }

  private static List<Path> candidates(LiveOptions options) {
    String path = options.environment().getOrDefault("PATH", "");
    return Stream.concat(
            INSTALLED.stream().flatMap(Folders::programs),
            Stream.of(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "pg_dump")))
        .filter(Files::isExecutable)
        .toList();
  }

  private static Optional<Found> version(Path program) {
    try {
      Process process =
          new ProcessBuilder(program.toString(), "--version")
              .redirectErrorStream(true)
              .redirectInput(new File("/dev/null"))
              .start();
      String said = new String(process.getInputStream().readNBytes(MOST_SAID), UTF_8);
      Matcher major = MAJOR.matcher(said);
      return major.find()
          ? Optional.of(new Found(program, Integer.parseInt(major.group(1))))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // it cannot be started
    }
  }
}
