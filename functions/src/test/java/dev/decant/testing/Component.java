package dev.decant.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A program that some tests need and that the build does not provide. Such a test has {@link Needs}
 * and is skipped on a machine without the program.
 */
public enum Component {
  BASH,
  BUBBLEWRAP,
  CHROMIUM,
  CHROMEDRIVER,
  GIT,
  JQ,
  /** A Docker engine with LocalStack's image, or what {@code .ci/localstack-venv} installs. */
  LOCALSTACK,
  /** A Secrets Manager and a KMS on this machine, which {@code .ci/moto-venv} installs. */
  MOTO,
  OPENSSL,
  PGBOUNCER,
  /** The clients of PostgreSQL 15 or later; pg_dump must have a psql beside it. */
  PG_DUMP,
  PSQL,
  REDIS,
  TMUX,
  UNZIP,
  ZSTD;

  /** Debian installs servers in these folders, which are only on the PATH of root. */
  private static final List<String> MORE_FOLDERS = List.of("/usr/sbin", "/usr/local/sbin");

  private Optional<Path> search() {
    return switch (this) {
      case BASH, CHROMEDRIVER, GIT, JQ, OPENSSL, PGBOUNCER, PSQL, TMUX, UNZIP, ZSTD ->
          onPath(toString());
      case BUBBLEWRAP -> onPath("bwrap");
      case CHROMIUM -> onPath("chromium").or(() -> onPath("google-chrome"));
      case LOCALSTACK -> LocalStack.program();
      case MOTO -> MotoServer.program();
      // The newest one reads servers of every version.
      case PG_DUMP -> PgDump.found().reversed().stream().map(PgDump::program).findFirst();
      case REDIS -> RedisServer.program();
    };
  }

  /** The program with that name on the PATH, or in one of the usual folders of servers. */
  static Optional<Path> onPath(String program) {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    return Stream.concat(Stream.of(path.split(File.pathSeparator, -1)), MORE_FOLDERS.stream())
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Whether this machine lacks it. */
  public boolean isMissing() {
    return search().isEmpty();
  }

  /** The program's file. A test that asks for it must have {@link Needs}. */
  public Path program() {
    return search().orElseThrow(() -> new IllegalStateException("missing component: " + this));
  }

  /**
   * Ends a test that left out a part because these components are missing. The test counts as
   * skipped, or as failed with {@code -Ddecant.components=all}. Does nothing for an empty
   * collection.
   */
  public static void endWithout(Collection<Component> missing) {
    if (!missing.isEmpty()) {
      String names = missing.stream().map(Component::toString).collect(Collectors.joining(", "));
      if (SkippedTests.allComponentsMustBeThere()) {
        throw new AssertionError(SkippedTests.REASON + names);
      }
      Assumptions.abort(SkippedTests.REASON + names);
    }
  }

  /** The name in messages. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
