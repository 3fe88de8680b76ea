package dev.decant.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the file {@code decant.yaml} of a repository. */
final class ProjectFileIT {
  @TempDir Path folder;

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("decant.yaml"), text);
  }

  @Test
  void itNamesStoreServiceAndEnvironment() throws IOException {
    Path file =
        write("version: 1\nstore: s3://bucket/prefix\nservice: shop\nenvironment: production\n");

    assertThat(ProjectFile.read(file))
        .isEqualTo(
            Map.of(
                Setting.STORE, "s3://bucket/prefix",
                Setting.SERVICE, "shop",
                Setting.ENVIRONMENT, "production"));
  }

  @Test
  void foldersAreRelativeToIt() throws IOException {
    assertThat(ProjectFile.read(write("store: ../snapshots\nverify-key: keys/verify.pem\n")))
        .isEqualTo(
            Map.of(
                Setting.STORE, folder.resolveSibling("snapshots").toString(),
                Setting.VERIFY_KEY, folder.resolve("keys/verify.pem").toString()));
  }

  @Test
  void aStoreThatLooksLikeAMistypedUrlIsAProblem() throws IOException {
    Path file = write("version: 1\nstore: s3:/bucket/prefix\n");

    assertThatThrownBy(() -> ProjectFile.read(file))
        .hasMessageContainingAll("decant.yaml:2", "Write s3://bucket/prefix.");
  }

  @Test
  void anUnknownKeyIsToldWithTheNearest() throws IOException {
    Path file = write("stroe: x\nservice: [a]\n");

    assertThatThrownBy(() -> ProjectFile.read(file))
        .isInstanceOf(DecantException.class)
        .hasMessageContaining("decant.yaml:1: The key stroe is unknown. Write store")
        .hasMessageContaining("decant.yaml:2: ");
  }

  @Test
  void itIsFoundUpToTheRootOfTheRepository() throws IOException {
    Path repository = Files.createDirectory(folder.resolve("repository"));
    Path below = Files.createDirectories(repository.resolve("a/b"));
    write("store: outside");
    assertThat(ProjectFile.find(below)).isEmpty();

    Files.createDirectory(repository.resolve(".git"));
    assertThat(ProjectFile.find(below)).isEmpty();

    Path file = Files.writeString(repository.resolve("decant.yaml"), "store: inside");
    assertThat(ProjectFile.find(below)).hasValue(file);
  }

  @Test
  void optionsAndVariablesCountBeforeIt() {
    Settings settings =
        new Settings(Map.of("DECANT_SERVICE", "variable"))
            .withFallbacks(
                Map.of(Setting.SERVICE, "file", Setting.STORE, "file", Setting.ENVIRONMENT, "file"))
            .with(Setting.STORE, "option");

    assertThat(settings.value(Setting.SERVICE)).hasValue("variable");
    assertThat(settings.value(Setting.STORE)).hasValue("option");
    assertThat(settings.value(Setting.ENVIRONMENT)).hasValue("file");
  }
}
