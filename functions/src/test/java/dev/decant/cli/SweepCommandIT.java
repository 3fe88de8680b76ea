package dev.decant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sweep} over targets. */
final class SweepCommandIT {
  @TempDir Path folder;

  @Test
  void whatAKilledRefreshLeftIsRemovedAndTold() throws Exception {
    try (PlainDatabase database = PlainDatabase.on(PostgresVersion.V18)) {
      database.asSuperuser("ALTER ROLE " + database.name() + " CREATEDB");
      URI url = URI.create(database.url());
      Path targets =
          Files.writeString(
              folder.resolve("targets.yaml"),
              """
              version: 1
              targets:
                staging:
                  database: postgresql://%s@%s:%d/%s
                  password-env: STAGING_PASSWORD
                  allow-refresh: true
                  confirm: 127.0.0.1
                  snapshots: shop/production
                closed:
                  database: postgresql://nobody@192.0.2.1/nothing
                  confirm: 192.0.2.1
                  snapshots: shop/production
              """
                  .formatted(database.name(), url.getHost(), url.getPort(), database.name()));
      for (String arguments : new String[] {"", "--target staging"}) {
        String left = database.name() + "_next_20260101000000";
        try (Connection connection = database.connect();
            Statement statement = connection.createStatement()) {
          statement.execute("CREATE DATABASE " + left);
        }
        CapturedCli dry = new CapturedCli(Map.of("STAGING_PASSWORD", "plain"));
        assertThat(dry.run("sweep", "--dry-run", "--targets", targets.toString())).isZero();
        assertThat(dry.out()).contains("would delete: database on target staging " + left);
        CapturedCli cli = new CapturedCli(Map.of("STAGING_PASSWORD", "plain"));
        String line = "sweep --json --targets " + targets + ' ' + arguments;
        assertThat(cli.run(line.strip().split(" ", -1))).as(cli.err()).isZero();
        assertThat(new JsonMapper().readTree(cli.out()).get("targetDatabases"))
            .extracting(name -> name.asText())
            .containsExactly(left);
      }
    }
  }

  @Test
  void aTargetWithoutItsFileIsAnError() {
    CapturedCli cli = new CapturedCli();
    assertThat(cli.run("sweep", "--target", "staging")).isEqualTo(2);
    assertThat(cli.err()).contains("--targets FILE");
  }
}
