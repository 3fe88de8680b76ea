package dev.decant.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.Signatures;
import dev.decant.setting.KeyPairs;
import dev.decant.setting.Setting;
import dev.decant.setting.Settings;
import dev.decant.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The question about a store and a key that a repository's {@code decant.yaml} names. */
final class RepositoryTrustIT {
  private static final PublicKey KEY = KeyPairs.generateSigningKey().publicKey();

  @TempDir Path folder;
  private final List<String> asked = new ArrayList<>();

  private void require(Settings settings, Optional<PublicKey> key, Optional<Boolean> answer) {
    Questions questions =
        question -> {
          asked.add(question);
          return answer;
        };
    RepositoryTrust.require(
        settings, folder.resolve("decant.yaml"), key, new Agreements(folder, questions));
  }

  private static Settings named(String store) {
    return new Settings(Map.of())
        .withFallbacks(Map.of(Setting.STORE, store, Setting.VERIFY_KEY, "verify.key"));
  }

  @Test
  void eachStoreAndEachKeyIsAskedAboutOnce() {
    PublicKey other = KeyPairs.generateSigningKey().publicKey();

    require(named("s3://one"), Optional.of(KEY), Optional.of(true));
    require(named("s3://one"), Optional.of(KEY), Optional.empty());
    assertThat(asked)
        .singleElement()
        .asString()
        .contains("decant.yaml", "s3://one", Signatures.keyId(KEY));

    require(named("s3://two"), Optional.of(KEY), Optional.of(true));
    require(named("s3://one"), Optional.of(other), Optional.of(true));
    assertThat(asked).hasSize(3);
  }

  @Test
  void anAnswerThatDoesNotFitOnItsDiskNamesTheFolderAndTheVariable() throws IOException {
    try (SmallDisk disk = SmallDisk.of(1)) {
      Files.write(disk.folder().resolve("filler"), new byte[1 << 20]);
      Agreements agreements = new Agreements(disk.folder(), question -> Optional.of(true));

      assertThatThrownBy(() -> agreements.agreed(new byte[1], "a store", "May I?"))
          .isInstanceOfSatisfying(
              DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DISK_FULL))
          .hasMessageContaining("The disk of the folder " + disk.folder())
          .hasMessageContaining("DECANT_STATE");
    }
  }

  @Test
  void aKeyThatTheFileNoLongerNamesIsAskedAboutAgain() {
    require(named("s3://one"), Optional.of(KEY), Optional.of(true));
    Settings unsigned = new Settings(Map.of()).withFallbacks(Map.of(Setting.STORE, "s3://one"));

    assertThatThrownBy(() -> require(unsigned, Optional.empty(), Optional.empty()))
        .isInstanceOf(DecantException.class);
    assertThat(asked).last().asString().contains("need no signature");
  }

  @Test
  void withoutATerminalTheErrorNamesTheOptionsThatConsent() {
    assertThatThrownBy(() -> require(named("s3://one"), Optional.of(KEY), Optional.empty()))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REFUSED))
        .hasMessageContainingAll("s3://one", "no terminal", "--from", "--verify-key");
  }

  @Test
  void aNoIsARefusalAndIsNotRemembered() {
    assertThatThrownBy(() -> require(named("s3://one"), Optional.of(KEY), Optional.of(false)))
        .hasMessageContaining("did not agree");

    require(named("s3://one"), Optional.of(KEY), Optional.of(true));
    assertThat(asked).hasSize(2);
  }

  @Test
  void whatTheReaderNamesNeedsNoQuestion() {
    Settings own =
        named("s3://one").with(Setting.STORE, "s3://mine").with(Setting.VERIFY_KEY, "mine.key");

    require(own, Optional.of(KEY), Optional.empty());

    assertThat(asked).isEmpty();
  }

  @Test
  void aKeyIsAskedAboutThoughTheStoreIsTheReaders() {
    require(
        named("s3://one").with(Setting.STORE, "s3://mine"), Optional.of(KEY), Optional.of(true));

    assertThat(asked).singleElement().asString().doesNotContain("s3://").contains("verification");
  }
}
