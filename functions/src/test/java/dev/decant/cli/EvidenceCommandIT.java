package dev.decant.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.decant.demo.ShopDump;
import dev.decant.manifest.SnapshotName;
import dev.decant.testing.ShopSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EvidenceCommandIT {
  private static final String NAME = ShopSnapshot.NAME.name();

  @TempDir static Path folder;
  private static PublishedShop shop;

  private final CapturedCli cli = new CapturedCli();

  @BeforeAll
  static void publish() throws IOException {
    shop = PublishedShop.in(folder);
  }

  private int evidence(Path to, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "evidence",
                "--from",
                shop.store().toString(),
                "--param",
                "PROD_ADMIN_EMAIL=" + ShopDump.ADMIN_EMAIL,
                "-o",
                to.toString()));
    arguments.addAll(List.of(more));
    return cli.run(arguments.toArray(String[]::new));
  }

  private int evidence(Path to) {
    return evidence(
        to, "--verify-key", shop.key().toString(), "--policy", shop.policy().toString());
  }

  private static Map<String, byte[]> entries(Path zip) throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.put(entry.getName(), in.readAllBytes());
      }
    }
    return entries;
  }

  private static byte[] published(String suffix) throws IOException {
    return Files.readAllBytes(shop.store().resolve(ShopSnapshot.NAME.key(suffix)));
  }

  @Test
  void theArchiveHoldsWhatAnAuditorNeedsAndNoRows() throws IOException {
    Path zip = folder.resolve("evidence.zip");
    assertThat(evidence(zip)).as(cli.err()).isZero();

    Map<String, byte[]> entries = entries(zip);
    assertThat(entries)
        .containsOnlyKeys(
            "README.md",
            "policy.yaml",
            "public-key.pem",
            "signature.bin",
            "signed.json",
            "verdict.json",
            NAME + ".manifest.json",
            NAME + ".report.html");
    assertThat(entries.get(NAME + ".manifest.json")).isEqualTo(published(SnapshotName.MANIFEST));
    assertThat(entries.get(NAME + ".report.html")).isEqualTo(published(SnapshotName.REPORT));
    assertThat(entries.get("policy.yaml")).isEqualTo(Files.readAllBytes(shop.policy()));
    assertThat(entries.get("public-key.pem")).isEqualTo(Files.readAllBytes(shop.key()));
    assertThat(JsonMapper.builder().build().readTree(entries.get("verdict.json")).get("holds"))
        .hasToString("true");
    assertThat(new String(entries.get("verdict.json"), UTF_8)).doesNotContain(folder.toString());
  }

  @Test
  void aPlaceThatHoldsNoFileIsRefusedBeforeTheSnapshotIsVerified() {
    for (Path to : List.of(folder, folder.resolve("none/evidence.zip"), Path.of("-"))) {
      assertThat(evidence(to)).isEqualTo(2);
      assertThat(cli.err()).contains("Give -o a file in a folder that exists");
    }
    assertThat(cli.out()).isEmpty();
  }

  @Test
  void theSameSnapshotGivesTheSameArchive() throws IOException {
    Path one = folder.resolve("one.zip");
    Path two = folder.resolve("two.zip");
    assertThat(evidence(one)).isZero();
    assertThat(evidence(two)).isZero();

    assertThat(two).hasSameBinaryContentAs(one);
  }

  @Test
  void theRecipeIsThatOfTheDocument() throws IOException {
    Path zip = folder.resolve("recipe.zip");
    assertThat(evidence(zip)).isZero();
    String recipe = new String(entries(zip).get("README.md"), UTF_8);
    String sections = recipe.substring(recipe.indexOf("## The signature")).replace("## ", "### ");

    assertThat(Files.readString(Path.of("../docs/verify.md"))).contains(sections);
  }

  @Test
  void anArchiveIsReplacedOnlyByAWholeOne() throws IOException {
    Path zip = Files.writeString(folder.resolve("before.zip"), "before");
    Path other =
        Files.writeString(
            folder.resolve("other.yaml"), Files.readString(shop.policy()) + "# one more line\n");

    assertThat(evidence(zip, "--verify-key", shop.key().toString(), "--policy", other.toString()))
        .isEqualTo(13);
    assertThat(cli.out()).contains("was made with the policy");
    assertThat(zip).hasContent("before");

    Path dump = shop.store().resolve(ShopSnapshot.NAME.key(SnapshotName.DUMP));
    byte[] whole = Files.readAllBytes(dump);
    byte[] damaged = whole.clone();
    damaged[damaged.length - 1] ^= 1;
    Files.write(dump, damaged);
    try {
      assertThat(evidence(zip)).isEqualTo(13);
    } finally {
      Files.write(dump, whole);
    }
    assertThat(zip).hasContent("before");
    assertThat(evidence(zip)).isZero();
    assertThat(entries(zip)).containsKey("signed.json");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
    }
  }

  @Test
  void evidenceNeedsAKeyAndThePolicy() {
    Path zip = folder.resolve("none.zip");
    assertThat(evidence(zip, "--policy", shop.policy().toString())).isEqualTo(2);
    assertThat(cli.err()).contains("needs the public key of the publisher", "DECANT_VERIFY_KEY");
    assertThat(evidence(zip, "--verify-key", shop.key().toString())).isEqualTo(2);
    assertThat(cli.err()).contains("a store holds only its SHA-256");
    assertThat(zip).doesNotExist();
  }
}
