package dev.decant.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares how decant and libpq read libpq's password file. Only lines for other databases are
 * treated differently.
 */
final class PasswordFileIT {
  @TempDir Path home;
  private Path file;

  @BeforeEach
  void make() throws IOException {
    file =
        Files.createFile(
            home.resolve(".pgpass"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private Optional<String> password(String host, int port, String user, String database) {
    return PasswordFile.of(Map.of(), home)
        .password(new ServerAddress(host, port, user, "", database, Map.of()));
  }

  @Test
  void theFirstLineThatFitsCounts() throws IOException {
    Files.writeString(
        file,
        """
        # db.example:5432:app:ann:commented

        db.example:5432:app:ann:first
        *:*:*:ann:second
        db.example:5432:other:bob:of\\:bob\\\\
        *:6000:*:*:all
        cut:1
        """);
    assertThat(password("db.example", 5432, "ann", "app")).hasValue("first");
    assertThat(password("db.example", 5432, "ann", "elsewhere")).hasValue("second");
    assertThat(password("h", 5432, "ann", "app")).hasValue("second");
    assertThat(password("db.example", 5432, "bob", "other")).hasValue("of:bob\\");
    assertThat(password("db.example", 5432, "bob", "postgres")).hasValue("of:bob\\");
    assertThat(password("db.example", 5433, "bob", "other")).isEmpty();
    assertThat(password("h", 6000, "eve", "d")).hasValue("all");
  }

  @Test
  void socketsAreLocalhostWhereLibpqLooksForThem() throws IOException {
    Files.writeString(file, "localhost:5432:*:ann:local\n/srv/db:5432:*:ann:folder\n");
    assertThat(password("/var/run/postgresql", 5432, "ann", "d")).hasValue("local");
    assertThat(password("/tmp", 5432, "ann", "d")).hasValue("local");
    assertThat(password("/srv/db", 5432, "ann", "d")).hasValue("folder");
    assertThat(password("/srv/other", 5432, "ann", "d")).isEmpty();
  }

  @Test
  void namesWithColonsAndStarsAreEscaped() throws IOException {
    Files.writeString(file, "\\:\\:1:5432:a\\:b:\\*:six\n");
    assertThat(password("::1", 5432, "*", "a:b")).hasValue("six");
    assertThat(password("::1", 5432, "ann", "a:b")).isEmpty();
  }

  @Test
  void aFileThatOthersMayReadDoesNotCount() throws IOException {
    Files.writeString(file, "*:*:*:*:open\n");
    assertThat(password("h", 1, "u", "d")).hasValue("open");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(password("h", 1, "u", "d")).isEmpty();
  }

  @Test
  void aFileThatIsNotThereHasNone() {
    PasswordFile missing = PasswordFile.of(Map.of("PGPASSFILE", "/nonexistent"), home);
    assertThat(missing.password(new ServerAddress("h", 1, "u", "", "d", Map.of()))).isEmpty();
  }
}
