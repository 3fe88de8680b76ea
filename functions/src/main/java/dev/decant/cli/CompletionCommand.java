package dev.decant.cli;

import java.util.Objects;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code decant completion}: what a shell needs to complete decant's commands and options. */
@Command(
    name = "completion",
    description = {
      "Writes the script that makes a shell complete decant's commands and options.",
      "",
      "bash  in ~/.bashrc:  source <(decant completion bash)",
      "zsh   in ~/.zshrc:   source <(decant completion zsh)",
      "fish  once:          decant completion fish > ~/.config/fish/completions/decant.fish"
    },
    footerHeading = "%nExamples:%n",
    footer = {"  source <(decant completion bash)"})
final class CompletionCommand implements Runnable {
  /** Those that there is a script for. */
  enum Shell {
    BASH,
    ZSH,
    FISH
  }

  @Mixin CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}, in any case.")
  Shell shell = Shell.BASH;

  @Spec CommandSpec spec = CommandSpec.create();

  private final Console console;

  CompletionCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    CommandSpec root = spec.root();
    String script =
        switch (shell) {
          // One script for both: in zsh it begins with bashcompinit.
          case BASH, ZSH -> AutoComplete.bash(root.name(), root.commandLine());
          case FISH -> FishCompletion.script(root);
        };
    if (common.json) {
      console.out().println(JsonOutput.json(JsonOutput.document().put("script", script)));
    } else {
      console.out().print(Objects.requireNonNull(script));
      console.out().flush();
    }
  }
}
