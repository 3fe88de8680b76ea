package dev.decant.pull;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.testing.Component;
import dev.decant.testing.Needs;
import dev.decant.testing.PostgresVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a repository that run after a pull. */
final class AfterPullIT {
  @TempDir Path folder;
  private Path scripts;
  private Developer developer;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  @BeforeEach
  void makeFolder() throws IOException, SQLException {
    scripts = Files.createDirectory(folder.resolve(".decant"));
    developer = Developer.on(PostgresVersion.V17);
    developer.run(developer.role(), "CREATE DATABASE mine");
  }

  @AfterEach
  void leave() throws SQLException {
    developer.close();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(scripts.resolve(name), text);
  }

  private AfterPull script() {
    return AfterPull.of(folder).orElseThrow();
  }

  @Test
  void statementsRunInTheNewDatabase() throws Exception {
    write("after-pull.sql", "CREATE TABLE a ();\nDO $$ BEGIN CREATE TABLE b (); END $$;\n");

    script().run(developer.server(), "mine", output);

    assertThat(developer.one("mine", "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
        .isEqualTo("2");
  }

  @Test
  @Needs(Component.PSQL)
  void aScriptKnowsTheDatabaseAndMayComeIn() throws Exception {
    write(
        "after-pull.sh",
        "echo \"$DATABASE_URL\"; pwd\npsql -qXc 'CREATE TABLE made_by_script ()'\n");

    script().run(developer.server(), "mine", output);

    assertThat(output.toString(UTF_8))
        .isEqualTo(developer.server().url("mine") + "\n" + folder.toRealPath() + "\n");
    assertThat(developer.one("mine", "SELECT count(*) FROM made_by_script")).isEqualTo("0");
  }

  @Test
  void itIsAskedAboutOnceForEachContent() throws IOException {
    write("after-pull.sql", "SELECT 1");
    Path memory = folder.resolve("state");
    List<String> asked = new ArrayList<>();
    Questions yes =
        question -> {
          asked.add(question);
          return Optional.of(true);
        };

    assertThat(script().agreed(new Agreements(memory, yes))).hasValue(true);
    assertThat(script().agreed(new Agreements(memory, yes))).hasValue(true);
    assertThat(asked).hasSize(1);

    write("after-pull.sql", "SELECT 2");
    assertThat(script().agreed(new Agreements(memory, Questions.NOBODY))).isEmpty();
    assertThat(script().agreed(new Agreements(memory, q -> Optional.of(false)))).hasValue(false);
    assertThat(script().agreed(new Agreements(memory, yes))).hasValue(true);
    assertThat(asked).hasSize(2);
  }

  @Test
  void whatWasAgreedToRunsWhateverTheFileHasBecome() throws Exception {
    write("after-pull.sh", "echo agreed");
    AfterPull agreed = script();
    write("after-pull.sh", "echo changed");

    agreed.run(developer.server(), "mine", output);

    assertThat(output.toString(UTF_8)).isEqualTo("agreed\n");
  }

  @Test
  void aFailureSaysThatTheDatabaseIsThere() throws IOException {
    write("after-pull.sql", "SELECT 'secret value'::int");
    assertThatThrownBy(() -> script().run(developer.server(), "mine", output))
        .isInstanceOf(DecantException.class)
        .hasMessageContaining("mine is complete")
        .hasMessageNotContaining("secret value");

    Files.delete(scripts.resolve("after-pull.sql"));
    write("after-pull.sh", "exit 3");
    assertThatThrownBy(() -> script().run(developer.server(), "mine", output))
        .hasMessageContaining("status 3");
  }

  @Test
  void commandsOfPsqlAreForScripts() throws IOException {
    write("after-pull.sql", "\\i other.sql\n");
    assertThatThrownBy(() -> script().run(developer.server(), "mine", output))
        .hasMessageContaining("after-pull.sh");
  }
}
