package dev.decant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.decant.manifest.Manifest;
import dev.decant.manifest.ManifestJson;
import dev.decant.manifest.Signatures;
import dev.decant.manifest.SigningKey;
import dev.decant.manifest.SnapshotName;
import dev.decant.schema.TableName;
import dev.decant.setting.KeyPairs;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code list} and {@code show} on a folder. */
final class StoreCommandsIT {
  private static final SnapshotName OLD = new SnapshotName("backend", "production", "app_20260101");
  private static final SnapshotName NEW = new SnapshotName("backend", "production", "app_20260201");
  private static final SnapshotName OTHER = new SnapshotName("billing", "production", "bill_2026");

  @TempDir Path folder;
  private final CapturedCli cli = new CapturedCli();

  @Test
  void listShowsTheNewestFirst() throws IOException {
    publish(OLD, "2026-01-01T06:00:00Z", null);
    publish(NEW, "2026-02-01T06:00:00Z", null);

    assertThat(cli.run("list", "--from", folder.toString())).isZero();
    assertThat(cli.out().lines().map(line -> line.replaceAll("  +", "|")))
        .satisfiesExactly(
            head ->
                assertThat(head).isEqualTo("SNAPSHOT|TAKEN (UTC)|AGE|ROWS|SIZE|VERDICT|SIGNATURE"),
            first ->
                assertThat(first)
                    .startsWith(NEW + "|2026-02-01 06:00:00|")
                    .endsWith("|1,234|12.3 MB|verified|none"),
            second -> assertThat(second).startsWith(OLD + "|2026-01-01 06:00:00|"));
    assertThat(cli.err()).isEmpty();
  }

  @Test
  void listTellsWhatTheTrustedKeySigned() throws IOException {
    SigningKey key = KeyPairs.generateSigningKey();
    publish(OLD, "2026-01-01T06:00:00Z", key);
    publish(NEW, "2026-02-01T06:00:00Z", KeyPairs.generateSigningKey());
    publish(OTHER, "2026-03-01T06:00:00Z", null);
    Path file =
        Files.writeString(folder.resolve("verify.key"), KeyPairs.publicPem(key.publicKey()));

    assertThat(cli.run("list", "--from", folder.toString(), "--verify-key", file.toString()))
        .isZero();
    assertThat(cli.out().lines().skip(1).map(line -> line.replaceAll(".* ", "")))
        .containsExactly("none", "INVALID", "valid");
    assertThat(cli.out().lines().skip(1).map(line -> line.split("  +", -1)[5]))
        .containsExactly("refused", "refused", "verified");
  }

  @Test
  void listWithoutAKeySaysThatSignaturesAreNotChecked() throws IOException {
    publish(OLD, "2026-01-01T06:00:00Z", KeyPairs.generateSigningKey());

    cli.run("list", "--from", folder.toString());

    assertThat(cli.out()).contains("  not checked\n");
  }

  @Test
  void listShowsTheNewestAndOnRequestAll() throws IOException {
    for (int day = 1; day <= 30; day++) {
      String date = "2026-01-%02d".formatted(day);
      publish(
          new SnapshotName("backend", "production", "app_" + date.replace("-", "") + "-060000"),
          date + "T06:00:00Z",
          null);
    }

    cli.run("list", "--from", folder.toString());
    assertThat(cli.out().lines()).hasSize(21);
    assertThat(cli.out().lines().skip(1).findFirst().orElseThrow()).contains("app_20260130-060000");
    assertThat(cli.err()).isEqualTo("There are 10 older ones. --all lists them.\n");

    CapturedCli all = new CapturedCli();
    all.run("list", "--from", folder.toString(), "--all");
    assertThat(all.out().lines()).hasSize(31);
    assertThat(all.err()).isEmpty();
  }

  @Test
  void objectsThatAreNotVerifiedAreCountedAndListed() throws IOException {
    publish(NEW, "2026-02-01T06:00:00Z", null);
    Path file = folder.resolve(NEW.key(SnapshotName.MANIFEST));
    String listed = "\"notVerified\":[{\"object\":\"VIEW public.v\",\"reason\":\"it is old\"}]";
    String manifest = Files.readString(file).replaceAll("\\s*\\n\\s*", "");
    Files.writeString(file, manifest.replaceFirst("\"notVerified\" ?: ?\\[ ?]", listed));

    cli.run("list", "--from", folder.toString());
    assertThat(cli.out()).contains("  verified, 1 not  ");
    CapturedCli json = new CapturedCli();
    json.run("list", "--from", folder.toString(), "--json");
    JsonNode first = JsonMapper.builder().build().readTree(json.out()).at("/snapshots/0");
    assertThat(first.at("/verdict").asText()).isEqualTo("verified");
    assertThat(first.at("/notVerified/0").asText()).isEqualTo("VIEW public.v: it is old");
    CapturedCli show = new CapturedCli();
    show.run("show", NEW.name(), "--from", folder.toString());
    assertThat(show.out()).containsPattern("not verified +VIEW public.v: it is old");
  }

  @Test
  void snapshotsWithoutTheirDumpsAreDamaged() throws IOException {
    publish(OLD, "2026-01-01T06:00:00Z", null);
    publish(NEW, "2026-02-01T06:00:00Z", null);
    Files.delete(folder.resolve(OLD.key(SnapshotName.DUMP)));
    Files.writeString(folder.resolve(NEW.key(SnapshotName.DUMP)), "cut");

    assertThat(cli.run("list", "--from", folder.toString())).isZero();
    assertThat(cli.out().lines().skip(1).map(line -> line.split("  +", -1)[5]))
        .containsExactly("damaged", "damaged");
    assertThat(cli.err())
        .isEqualTo(
            "Damaged: %s. Its dump has 3 bytes, but its manifest states 12345678.\n".formatted(NEW)
                + "Damaged: %s. Its dump does not exist.\n".formatted(OLD));
    CapturedCli json = new CapturedCli();
    json.run("list", "--from", folder.toString(), "--json");
    JsonNode document = JsonMapper.builder().build().readTree(json.out());
    assertThat(document.at("/snapshots/0/verdict").asText()).isEqualTo("damaged");
    assertThat(document.at("/snapshots/1/damage").asText()).isEqualTo("Its dump does not exist.");
    CapturedCli show = new CapturedCli();
    assertThat(show.run("show", "--from", folder.toString())).isZero();
    assertThat(show.out())
        .containsPattern("verdict +damaged: Its dump has 3 bytes")
        .doesNotContain("verified");
  }

  @Test
  void listSaysWhyAManifestCannotBeReadAsAWhole() throws IOException {
    publish(OLD, "2026-01-01T06:00:00Z", null);
    Path file = folder.resolve(OLD.key(SnapshotName.MANIFEST));
    String manifest = Files.readString(file);
    Files.writeString(file, manifest.replaceFirst("\\{", "{\"version\":1,"));

    assertThat(cli.run("list", "--from", folder.toString())).isZero();
    assertThat(cli.out()).contains("  unreadable  ?");
    assertThat(cli.err()).contains("Damaged: " + OLD, "has the same field twice");
  }

  @Test
  void aSignedSnapshotInAnotherPlaceIsRefusedByAllReaders() throws IOException {
    SigningKey key = KeyPairs.generateSigningKey();
    publish(OLD, "2026-01-01T06:00:00Z", key);
    String trusted =
        Files.writeString(folder.resolve("verify.key"), KeyPairs.publicPem(key.publicKey()))
            .toString();
    for (SnapshotName place :
        List.of(
            new SnapshotName("backend", "production", "app_20260301"),
            new SnapshotName("backend", "test", OLD.name()),
            new SnapshotName("billing", "production", OLD.name()))) {
      for (String suffix : List.of(SnapshotName.MANIFEST, SnapshotName.DUMP)) {
        Path copy = folder.resolve(place.key(suffix));
        Files.createDirectories(copy.getParent());
        Files.copy(folder.resolve(OLD.key(suffix)), copy);
      }
      for (String command : List.of("show", "pull", "verify")) {
        String to = command.equals("pull") ? "--output=" + folder.resolve("o.sql") : "--json";
        CapturedCli reader = new CapturedCli();
        assertThat(
                reader.run(
                    command, place.toString(), "--from=" + folder, "--verify-key=" + trusted, to))
            .as(command)
            .isEqualTo(13);
        assertThat(reader.err() + reader.out())
            .as(command)
            .contains("belongs to the snapshot " + OLD);
      }
    }
    cli.run("list", "--from=" + folder, "--verify-key=" + trusted);
    assertThat(cli.out().lines()).hasSize(2);
    assertThat(cli.err().lines())
        .hasSize(3)
        .allMatch(line -> line.startsWith("Not listed: ") && line.contains(OLD.toString()));
  }

  @Test
  void listOfAnEmptyStoreIsNoError() {
    assertThat(cli.run("list", "--from", folder.toString())).isZero();
    assertThat(cli.out()).isEmpty();
    assertThat(cli.err()).startsWith("There are no snapshots in ");
  }

  @Test
  void aFolderThatIsNotThereIsAnError() {
    for (String command : List.of("list", "show", "pull")) {
      assertThat(cli.run(command, "--from", folder.resolve("none").toString())).isEqualTo(14);
      assertThat(cli.err()).contains("The folder " + folder.resolve("none") + " does not exist");
    }
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void aStoreThatLooksLikeAMistypedUrlIsAnError() {
    for (String command : List.of("list", "show", "pull", "sweep")) {
      assertThat(cli.run(command, "--from", "s3:/bucket/x")).isEqualTo(2);
      assertThat(cli.err()).contains("Write s3://bucket/x.");
    }
    assertThat(new CapturedCli(Map.of("DECANT_STORE", "s3//bucket")).run("list")).isEqualTo(2);
    assertThat(cli.run("pull", "--from", folder.toString(), "-o", "s3://bucket/a.sql"))
        .isEqualTo(2);
  }

  @Test
  void namesCannotControlTheTerminal() throws IOException {
    assertThat(cli.run("show", "a\033[2Jb", "--from", folder.toString())).isEqualTo(14);
    assertThat(cli.run("list", "--from", folder + "/\033]0;title\007")).isEqualTo(14);
    publish(OLD, "2026-01-01T06:00:00Z", null, "email\033[8m\nhidden");
    assertThat(cli.run("show", "--from", folder.toString())).isZero();

    assertThat(cli.err() + cli.out()).doesNotContain("\033", "\007");
    assertThat(cli.err()).contains("a\\u001b[2Jb");
    assertThat(cli.out()).contains("email\\u001b[8m\\nhidden (email or keep)");
  }

  @Test
  void listCanBeLimitedToAService() throws IOException {
    publish(OLD, "2026-01-01T06:00:00Z", null);
    publish(OTHER, "2026-02-01T06:00:00Z", null);

    cli.run("list", "--from", folder.toString(), "--service", "billing");

    assertThat(cli.out()).contains(OTHER.toString()).doesNotContain(OLD.toString());
  }

  @Test
  void theEnvironmentNamesTheStore() throws IOException {
    publish(OLD, "2026-01-01T06:00:00Z", null);
    CapturedCli set = new CapturedCli(Map.of("DECANT_STORE", folder.toString()));

    assertThat(set.run("list")).isZero();
    assertThat(set.out()).contains(OLD.toString());
  }

  @Test
  void listWithoutAStoreSaysHowToNameOne() {
    assertThat(cli.run("list")).isEqualTo(2);
    assertThat(cli.err()).contains("DECANT_STORE", "--from");
  }

  @Test
  void listTellsWhatItCannotRead() throws IOException {
    publish(OLD, "2026-01-01T06:00:00Z", null);
    Files.writeString(folder.resolve(NEW.key(SnapshotName.MANIFEST)), "{}");

    assertThat(cli.run("list", "--from", folder.toString())).isZero();
    assertThat(cli.out()).contains(OLD.toString());
    assertThat(cli.err()).contains("Not listed: ", NEW.name());

    Files.writeString(folder.resolve(OLD.key(SnapshotName.MANIFEST)), "{}");
    CapturedCli none = new CapturedCli();
    none.run("list", "--from", folder.toString());
    assertThat(none.err()).hasLineCount(2).doesNotContain("There are no snapshots");
  }

  @Test
  void listAsJsonIsOneDocument() throws IOException {
    publish(OLD, "2026-01-01T06:00:00Z", null);
    Files.writeString(folder.resolve(NEW.key(SnapshotName.MANIFEST)), "{}");

    cli.run("list", "--from", folder.toString(), "--json");

    JsonNode document = json();
    assertThat(document.get("snapshots")).hasSize(1);
    assertThat(document.at("/snapshots/0/name").asText()).isEqualTo(OLD.name());
    assertThat(document.at("/snapshots/0/rows").asLong()).isEqualTo(1234);
    assertThat(document.get("unreadable")).hasSize(1);
  }

  @Test
  void showOfNothingIsTheLatest() throws IOException {
    publish(OLD, "2026-01-01T06:00:00Z", null);
    publish(NEW, "2026-02-01T06:00:00.123456789Z", null);

    assertThat(cli.run("show", "--from", folder.toString())).isZero();
    assertThat(cli.out()).contains("2026-02-01T06:00:00Z, ");
    assertThat(cli.out())
        .contains(NEW.toString(), "public.user     1,234  email (email or keep)")
        .contains("public.session      0  truncated")
        .doesNotContain(OLD.toString());
    assertThat(cli.err()).contains("is not signed");
  }

  @Test
  void showSaysThatNothingIsMaskedAndThatThereAreNoTables() throws IOException {
    publish(OLD, "2026-01-01T06:00:00Z", null);
    Path file = folder.resolve(OLD.key(SnapshotName.MANIFEST));
    String manifest = Files.readString(file);
    Files.writeString(file, manifest.replace("\"email\"", "\"keep\""));
    cli.run("show", "--from", folder.toString());
    assertThat(cli.out()).contains("public.user     1,234  none\n");

    Files.writeString(
        file, manifest.replaceFirst("(?s)\"tables\" ?: ?\\[.*?\\n  ]", "\"tables\": []"));
    CapturedCli empty = new CapturedCli();
    empty.run("show", "--from", folder.toString());
    assertThat(empty.out()).endsWith("The snapshot has no tables.\n").doesNotContain("MASKED");
  }

  @Test
  void showAsJsonIsTheManifest() throws IOException {
    publish(OLD, "2026-01-01T06:00:00Z", null);

    cli.run("show", OLD.name(), "--from", folder.toString(), "--json");

    assertThat(json().get("version").asInt()).isEqualTo(1);
    assertThat(json().get("name").asText()).isEqualTo(OLD.name());
  }

  @Test
  void showOfAnAbsentSnapshotIsAStoreError() {
    assertThat(cli.run("show", "absent", "--from", folder.toString())).isEqualTo(14);
    assertThat(cli.err()).contains("no snapshot absent", "decant list");
  }

  @Test
  void showRefusesWhatTheTrustedKeyDidNotSign() throws IOException {
    publish(OLD, "2026-01-01T06:00:00Z", KeyPairs.generateSigningKey());
    String trusted = KeyPairs.publicPem(KeyPairs.generateSigningKey().publicKey());
    Path file = Files.writeString(folder.resolve("verify.key"), trusted);

    assertThat(cli.run("show", "--from", folder.toString(), "--verify-key", file.toString()))
        .isEqualTo(13);
    assertThat(cli.out()).isEmpty();
  }

  @Test
  void showAcceptsWhatTheTrustedKeySigned() throws IOException {
    SigningKey key = KeyPairs.generateSigningKey();
    publish(OLD, "2026-01-01T06:00:00Z", key);
    Path file =
        Files.writeString(folder.resolve("verify.key"), KeyPairs.publicPem(key.publicKey()));

    assertThat(cli.run("show", "--from", folder.toString(), "--verify-key", file.toString()))
        .isZero();
    assertThat(cli.out()).contains("signature", "valid, key ");
    assertThat(cli.err()).isEmpty();
  }

  @Test
  void showSaysThatThePolicyHasNoAssertions() throws IOException {
    publish(OLD, "2026-01-01T06:00:00Z", null);

    assertThat(cli.run("show", "--from", folder.toString())).isZero();
    assertThat(cli.out())
        .contains("PostgreSQL rebuilt the constraints, the policy has no assertions")
        .doesNotContain("0 of 0");
  }

  private JsonNode json() throws IOException {
    return JsonMapper.builder().build().readTree(cli.out());
  }

  private void publish(SnapshotName name, String takenAt, @Nullable SigningKey key)
      throws IOException {
    publish(name, takenAt, key, "email");
  }

  private void publish(SnapshotName name, String takenAt, @Nullable SigningKey key, String column)
      throws IOException {
    Path file = folder.resolve(name.key(SnapshotName.MANIFEST));
    Files.createDirectories(file.getParent());
    Manifest manifest = manifest(name, Instant.parse(takenAt), column);
    Files.write(file, ManifestJson.write(key == null ? manifest : Signatures.sign(manifest, key)));
    try (RandomAccessFile dump =
        new RandomAccessFile(folder.resolve(name.key(SnapshotName.DUMP)).toFile(), "rw")) {
      dump.setLength(manifest.dump().size());
    }
  }

  private static Manifest manifest(SnapshotName name, Instant takenAt, String column) {
    Manifest.Column kept = column("id", "keep");
    Manifest.Column masked =
        new Manifest.Column(
            column,
            List.of(
                new Manifest.Rule("email", Map.of(), "id in …"),
                new Manifest.Rule("keep", Map.of(), null)),
            null);
    return new Manifest(
        Manifest.VERSION,
        name.service(),
        name.environment(),
        name.name(),
        "1.2.3",
        new Manifest.Origin("s3://raw/x.sql.zst", null, null, 1000, takenAt, "15.8", "15.8", "app"),
        new Manifest.PolicyReference("policy.yaml", "0".repeat(64), null),
        new Manifest.KeyReference("0123456789abcdef", null),
        new Manifest.Run(takenAt, takenAt.plusSeconds(60), "embedded 18.6", null),
        null,
        new Manifest.Dump(12_345_678, 50_000_000, "1".repeat(64), "2".repeat(32)),
        1300,
        1234,
        List.of(
            new Manifest.Table(
                new TableName("public", "user"), 1234, 1234, false, List.of(kept, masked)),
            new Manifest.Table(new TableName("public", "session"), 66, 0, true, List.of())),
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        null,
        List.of(),
        null);
  }

  private static Manifest.Column column(String name, String mask) {
    return new Manifest.Column(name, List.of(new Manifest.Rule(mask, Map.of(), null)), null);
  }
}
