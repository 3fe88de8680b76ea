package dev.decant.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.decant.demo.ShopDump;
import dev.decant.manifest.SnapshotName;
import dev.decant.testing.ShopSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VerifyCommandIT {
  @TempDir static Path folder;
  private static PublishedShop shop;

  private final CapturedCli cli = new CapturedCli();

  @BeforeAll
  static void publish() throws IOException {
    shop = PublishedShop.in(folder);
  }

  private int verify(String... more) {
    return cli.run(
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of(
                    "verify",
                    "--from",
                    shop.store().toString(),
                    "--verify-key",
                    shop.key().toString()),
                java.util.stream.Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void aWholeSnapshotEndsWithZero() {
    assertThat(
            verify(
                "--policy",
                shop.policy().toString(),
                "--param",
                "PROD_ADMIN_EMAIL=" + ShopDump.ADMIN_EMAIL))
        .as(cli.err())
        .isZero();
    assertThat(cli.out().lines().skip(1)).isNotEmpty().allMatch(line -> line.startsWith("holds  "));
    assertThat(cli.out()).contains("assertions", "restore", "PostgreSQL (embedded ");
    assertThat(cli.err()).endsWith(ShopSnapshot.NAME + ": all that was checked holds.\n");
    CapturedCli show = new CapturedCli();
    show.run("show", "--from", shop.store().toString());
    assertThat(show.out()).containsPattern("the leak trace searched for [0-9,]+ raw values");
    String traced = show.out().replaceAll("(?s).*trace searched for ([0-9,]+ raw values).*", "$1");
    assertThat(cli.out()).contains("looked for " + traced);
  }

  @Test
  void theResultIsOneDocument() throws IOException {
    assertThat(verify("--json")).as(cli.err()).isZero();
    JsonNode document = JsonMapper.builder().build().readTree(cli.out());
    assertThat(document.get("snapshot").asText()).isEqualTo(ShopSnapshot.NAME.toString());
    assertThat(document.get("holds").asBoolean()).isTrue();
    assertThat(document.get("checks"))
        .anySatisfy(
            check -> {
              assertThat(check.get("check").asText()).isEqualTo("assertions");
              assertThat(check.get("result").asText()).isEqualTo("not checked");
            });
  }

  @Test
  void aDamagedSnapshotEndsWithThirteenAndALineForEachFault() throws IOException {
    Path dump = shop.store().resolve(ShopSnapshot.NAME.key(SnapshotName.DUMP));
    byte[] bytes = Files.readAllBytes(dump);
    byte[] damaged = bytes.clone();
    damaged[100] ^= 1;
    Files.write(dump, damaged);
    try {
      assertThat(verify()).isEqualTo(13);
    } finally {
      Files.write(dump, bytes);
    }
    assertThat(cli.out().lines().filter(line -> line.startsWith("FAILS")))
        .hasSize(3)
        .anyMatch(line -> line.contains("The frame at byte 0 (DDL)"));
    assertThat(cli.err())
        .contains("3 checks failed, and 1 check could not be made. Do not use this snapshot.");
  }

  @Test
  void anotherServerRestoresTheSnapshot() throws Exception {
    try (dev.decant.testing.PlainDatabase database =
        dev.decant.testing.PlainDatabase.on(dev.decant.testing.PostgresVersion.V17)) {
      database.asSuperuser("ALTER ROLE " + database.name() + " CREATEDB");
      assertThat(verify("--scratch", database.url())).as(cli.err() + cli.out()).isZero();
      assertThat(cli.out()).contains("PostgreSQL (server ");
    }
  }

  @Test
  void aPublicKeyThatIsNoneEndsWithTwo() {
    CapturedCli other = new CapturedCli();
    assertThat(
            other.run(
                "verify",
                "--from",
                shop.store().toString(),
                "--public-key",
                shop.policy().toString()))
        .isEqualTo(2);
    assertThat(new String(other.err().getBytes(UTF_8), UTF_8)).contains("does not hold an Ed25519");
  }
}
