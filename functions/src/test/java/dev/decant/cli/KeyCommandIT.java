package dev.decant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.decant.setting.Keys;
import dev.decant.setting.Setting;
import dev.decant.setting.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyCommandIT {
  @TempDir Path folder;
  private final CapturedCli cli = new CapturedCli();

  @Test
  void theMaskingKeyAloneGoesToStdout() {
    assertThat(cli.run("key")).isZero();
    assertThat(Base64.getDecoder().decode(cli.out().strip())).hasSize(32);
    assertThat(cli.out()).hasLineCount(1);
  }

  @Test
  void keysAsJsonAreOneDocument() throws IOException {
    cli.run("key", "--json");

    JsonNode keys = JsonMapper.builder().build().readTree(cli.out());
    assertThat(keys.fieldNames())
        .toIterable()
        .containsExactly("maskingKey", "signingKey", "verifyKey");
  }

  @Test
  void keyFilesAreTheOwnersAloneAndServe() throws IOException {
    Path keys = folder.resolve("new/keys");

    assertThat(cli.run("key", "--output", keys.toString())).isZero();

    List<String> warnings = new ArrayList<>();
    Keys read =
        new Keys(
            new Settings(Map.of())
                .with(Setting.KEY_FILE, keys.resolve("masking.key").toString())
                .with(Setting.SIGNING_KEY_FILE, keys.resolve("signing.key").toString())
                .with(Setting.VERIFY_KEY, keys.resolve("verify.key").toString()),
            secret -> new byte[0],
            warnings::add);
    assertThat(read.maskingKey()).isNotNull();
    assertThat(read.signingKey().orElseThrow().publicKey())
        .isEqualTo(read.verifyKey().orElseThrow());
    assertThat(warnings).isEmpty();
    assertThat(Files.getPosixFilePermissions(keys.resolve("masking.key")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(cli.out()).contains("masking.key").doesNotContain("PRIVATE");
  }

  @Test
  void aKeyIsNeverOverwritten() throws IOException {
    Path there = Files.writeString(folder.resolve("masking.key"), "the old one");

    assertThat(cli.run("key", "--output", folder.toString())).isEqualTo(15);
    assertThat(there).hasContent("the old one");
    assertThat(cli.err()).contains("masking.key exists already");
  }
}
