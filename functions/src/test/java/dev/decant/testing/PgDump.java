package dev.decant.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A pg_dump of this machine, and the psql beside it. {@code .ci/postgres-clients} installs those of
 * PostgreSQL 14, 16, 17 and 18.
 *
 * @param program the file of pg_dump
 * @param version its major version
 */
public record PgDump(Path program, PostgresVersion version) {
  private static final Pattern MAJOR = Pattern.compile("\\) (1[3-8])\\.");
  private static final Set<PostgresVersion> INSTALLED =
      EnumSet.of(
          PostgresVersion.V14, PostgresVersion.V16, PostgresVersion.V17, PostgresVersion.V18);
  private static final Map<PostgresVersion, PgDump> FOUND = new TreeMap<>();
  private static boolean searched;

  /**
   * One pg_dump for each major version from 13 on that this machine has, the oldest first. Where no
   * component may be missing, all versions that {@code .ci/postgres-clients} installs are required.
   */
  public static synchronized List<PgDump> found() {
    if (!searched) {
      searched = true;
      candidates().forEach(file -> of(file).ifPresent(p -> FOUND.putIfAbsent(p.version, p)));
    }
    if (SkippedTests.allComponentsMustBeThere() && !FOUND.keySet().containsAll(INSTALLED)) {
      throw new IllegalStateException(
          SkippedTests.REASON + "pg_dump of " + INSTALLED + ", but only " + FOUND.keySet());
    }
    return List.copyOf(FOUND.values());
  }

  private static Stream<Path> candidates() {
    String home = Objects.requireNonNullElse(System.getenv("HOME"), "/");
    String caches =
        Objects.requireNonNullElse(System.getenv("XDG_CACHE_HOME"), Path.of(home, ".cache") + "");
    Stream<Path> installed =
        Stream.of(PostgresVersion.values())
            .flatMap(
                v ->
                    Stream.of(
                        "/usr/lib/postgresql/" + v.major() + "/bin/pg_dump",
                        caches + "/decant-ci/postgres-clients/" + v.major() + "/bin/pg_dump"))
            .map(Path::of);
    return Stream.concat(installed, Component.onPath("pg_dump").stream())
        .filter(Files::isExecutable)
        .filter(file -> Files.isExecutable(file.resolveSibling("psql")));
  }

  private static Optional<PgDump> of(Path file) {
    Matcher major = MAJOR.matcher(run(List.of(file.toString(), "--version")));
    return major.find()
        ? Optional.of(new PgDump(file, PostgresVersion.valueOf("V" + major.group(1))))
        : Optional.empty();
  }

  /** Whether this pg_dump was built with a method of compression, such as lz4. */
  public boolean compresses(String method) {
    // The option is checked before the connection is made.
    List<String> command =
        List.of(program.toString(), "-Z", method, "-f", "/dev/null", "-d", "host=/nowhere");
    return version.major() >= 16 && !ended(command).said.contains("compression");
  }

  /** The plain dump of a database with these options. */
  public String dump(PlainDatabase database, String... options) {
    return dump(database.url(), options);
  }

  private String dump(String url, String... options) {
    List<String> command = new ArrayList<>(List.of(program.toString(), "-d", url));
    command.addAll(Arrays.asList(options));
    return run(command);
  }

  /** Dumps a database with these options into a file or a folder. */
  public void dumpInto(Path file, PlainDatabase database, String... options) {
    dumpInto(file, database.url(), options);
  }

  /** The same of the database with a URL. */
  public void dumpInto(Path file, String url, String... options) {
    List<String> all = new ArrayList<>(List.of("-f", file.toString()));
    all.addAll(Arrays.asList(options));
    dump(url, all.toArray(String[]::new));
  }

  /** Runs a script, which must not fail. */
  public void psql(PlainDatabase database, Path script) {
    run(
        List.of(
            program.resolveSibling("psql").toString(),
            "-qXv",
            "ON_ERROR_STOP=1",
            "-f",
            script.toString(),
            "-d",
            database.url()));
  }

  private static String run(List<String> command) {
    Ended ended = ended(command);
    if (ended.code != 0) {
      throw new AssertionError(
          command.getFirst() + " ended with " + ended.code + ": " + ended.said);
    }
    return ended.output;
  }

  /** The result of a program. */
  private record Ended(int code, String output, String said) {}

  private static Ended ended(List<String> command) {
    try {
      Path errors = Files.createTempFile("decant-client", ".log");
      Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      int code = process.waitFor();
      String said = Files.readString(errors);
      Files.delete(errors);
      return new Ended(code, output, said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The name in the names of tests. */
  @Override
  public String toString() {
    return "pg_dump " + version.major();
  }
}
