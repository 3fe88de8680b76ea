package dev.decant.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.testing.Component;
import dev.decant.testing.Needs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The completion of shells, and the manual pages. */
final class CompletionIT {
  @TempDir Path folder;
  private final CapturedCli cli = new CapturedCli();

  @Test
  @Needs(Component.BASH)
  void bashCompletesCommandsAndOptions() throws Exception {
    assertThat(cli.run("completion", "bash")).isZero();
    Path script = Files.writeString(folder.resolve("decant.bash"), cli.out());

    assertThat(completed(script, "pu")).containsExactly("pull");
    assertThat(completed(script, "pull", "--sch")).containsExactly("--schema-only");
  }

  /** The completions of bash for the last word. */
  private static List<String> completed(Path script, String... words) throws Exception {
    Process bash =
        new ProcessBuilder(
                "bash",
                "-c",
                "source '"
                    + script
                    + "'; COMP_WORDS=(decant "
                    + String.join(" ", words)
                    + "); COMP_CWORD="
                    + words.length
                    + "; _complete_decant; printf '%s\\n' \"${COMPREPLY[@]}\"")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new String(bash.getInputStream().readAllBytes(), UTF_8).lines().toList();
  }

  /** zsh reads the first line of a file, and calls the file as the function of its name. */
  @Test
  void zshFindsTheScriptOnItsPath() {
    assertThat(cli.run("completion", "zsh")).isZero();

    assertThat(cli.out())
        .startsWith("#compdef decant\n")
        .contains("_complete_decant()", "bashcompinit")
        .endsWith(
            """
            if [ "${funcstack[1]}" = _decant ]; then
              _bash_complete -o default -F _complete_decant
            fi
            """);
  }

  @Test
  void fishKnowsEveryCommandAndItsOptions() {
    assertThat(cli.run("completion", "fish")).isZero();

    assertThat(cli.out())
        .contains(
            "complete -c decant -n '__fish_use_subcommand' -a pull -d 'Loads a sanitized snapshot",
            "complete -c decant -n '__fish_seen_subcommand_from pull' -l into -r -F -d 'The name of"
                + " the database.'",
            "__fish_seen_subcommand_from gc' -l dry-run -d ")
        .doesNotContain("generate", "rehearse");
  }

  @Test
  void aShellThatIsNotKnownIsAUsageError() {
    assertThat(cli.run("completion", "tcsh")).isEqualTo(2);
    assertThat(cli.err()).contains("BASH, ZSH, FISH");
  }

  @Test
  void everyCommandHasAPageOfTheManual() throws Exception {
    assertThat(cli.run("man", "--output", folder.toString())).isZero();

    List<String> visible =
        cli.commands().stream()
            .filter(c -> !Set.of("generate", "rehearse").contains(c))
            .map("decant-%s.1"::formatted)
            .toList();
    try (Stream<Path> pages = Files.list(folder)) {
      assertThat(pages.map(page -> page.getFileName().toString()))
          .contains("decant.1")
          .containsAll(visible)
          .hasSize(visible.size() + 1);
    }
    assertThat(folder.resolve("decant-pull.1"))
        .content()
        .startsWith(".TH \"DECANT\\-PULL\" \"1\"\n.SH NAME\ndecant\\-pull \\- Loads a sanitized")
        .contains(".SH SYNOPSIS", "\\fB\\-\\-into=NAME\\fR", ".SH EXIT STATUS", ".SH EXAMPLES")
        .doesNotContain("${", "\u001b");
  }

  @Test
  void onePageGoesToStdout() {
    assertThat(cli.run("man", "gc")).isZero();
    assertThat(cli.out()).startsWith(".TH ").contains("30d");
    assertThat(cli.run("man", "nope")).isEqualTo(2);
  }
}
