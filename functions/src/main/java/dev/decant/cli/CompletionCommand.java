package dev.decant.cli;

import java.util.Objects;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code decant completion}: writes a script that completes commands and options in a shell. */
@Command(
    name = "completion",
    description = {
      "Writes a script that lets a shell complete decant's commands and options.",
      "",
      "Add the first example to ~/.bashrc for bash, or the second one to ~/.zshrc for zsh. For"
          + " fish, run the third one once."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(decant completion bash)",
      "  source <(decant completion zsh)",
      "  decant completion fish > ~/.config/fish/completions/decant.fish"
    })
final class CompletionCommand implements Runnable {
  /** The shells that have a script. */
  enum Shell {
    BASH,
    ZSH,
    FISH
  }

  @Mixin CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "SHELL", description = "The shell: bash, zsh or fish.")
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
          case BASH -> AutoComplete.bash(root.name(), root.commandLine());
          case ZSH -> zsh(root);
          case FISH -> FishCompletion.script(root);
        };
    if (common.json) {
      console.out().println(JsonOutput.json(JsonOutput.document().put("script", script)));
    } else {
      console.out().print(Objects.requireNonNull(script));
      console.out().flush();
    }
  }

  /**
   * The script of bash, which also runs in zsh by bashcompinit. A user may source it, or zsh finds
   * it as the function {@code _decant} on its {@code fpath}. In the second case, the first call
   * loads the file and has to complete as well.
   */
  private static String zsh(CommandSpec root) {
    return """
    #compdef decant
    (( $+functions[compopt] )) || functions[compopt]=:
    %s
    if [ "${funcstack[1]}" = _decant ]; then
      _bash_complete -o default -F _complete_decant
    fi
    """
        .formatted(AutoComplete.bash(root.name(), root.commandLine()));
  }
}
