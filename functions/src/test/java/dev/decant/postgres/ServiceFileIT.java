package dev.decant.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** libpq's service files, as libpq reads them. */
final class ServiceFileIT {
  @TempDir Path home;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(
        home.resolve(".pg_service.conf"),
        """
        # mine
        [other]
        host=wrong
        [shop]
        # a comment
        host=db.example
        port = 6432
        user=ann
        password=secret
        sslmode=require
        [shop]
        host=second
        """);
  }

  @Test
  void aServiceIsAServer() {
    FoundServer found =
        new ServerFinder(Map.of("PGSERVICE", "shop", "PGUSER", "other"), home).find(null);

    assertThat(found.address())
        .isEqualTo(
            new ServerAddress(
                "db.example", 6432, "ann", "secret", "ann", Map.of("sslmode", "require")));
    assertThat(found.named()).isEqualTo("service shop (PGSERVICE)");
    assertThat(found.url("x")).doesNotContain("secret");
  }

  @Test
  void theSystemsFileComesSecond() throws IOException {
    Path system = Files.createDirectory(home.resolve("etc"));
    Files.writeString(system.resolve("pg_service.conf"), "[shop]\nhost=no\n[far]\nhost=far\n");
    Map<String, String> environment = Map.of("PGSYSCONFDIR", system.toString(), "PGSERVICE", "far");

    assertThat(new ServerFinder(environment, home).find(null).address().host()).isEqualTo("far");
  }

  @Test
  void aServiceThatIsNowhereIsToldWithTheFiles() {
    assertThatThrownBy(() -> new ServerFinder(Map.of("PGSERVICE", "none"), home).find(null))
        .isInstanceOf(DecantException.class)
        .hasMessageContaining(home.resolve(".pg_service.conf").toString())
        .hasMessageContaining("[none]");
  }
}
