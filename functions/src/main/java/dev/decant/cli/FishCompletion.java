package dev.decant.cli;

import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Completion for fish. picocli has no generator for it. */
final class FishCompletion {
  private FishCompletion() {}

  /** The script of a command with subcommands of one level. */
  static String script(CommandSpec root) {
    StringBuilder script = new StringBuilder("complete -c " + root.name() + " -f\n");
    for (CommandSpec spec : DecantCommand.offered(root).toList()) {
      script.append(
          line(root, "__fish_use_subcommand", "-a " + spec.name(), firstLine(description(spec))));
      for (OptionSpec option : spec.options()) {
        if (!option.hidden()) {
          script.append(
              line(
                  root,
                  "__fish_seen_subcommand_from " + spec.name(),
                  names(option),
                  firstLine(option.description())));
        }
      }
    }
    return script.toString();
  }

  private static String[] description(CommandSpec spec) {
    return spec.usageMessage().description();
  }

  /** The names of an option for fish, {@code -s q -l quiet}; -r -F if it takes a value. */
  private static String names(OptionSpec option) {
    StringBuilder names = new StringBuilder();
    for (String name : option.names()) {
      names.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
    }
    boolean value = option.arity().max() > 0;
    return names.append(value ? " -r -F" : "").substring(1);
  }

  private static String line(CommandSpec root, String condition, String what, String description) {
    return "complete -c %s -n '%s' %s -d '%s'\n"
        .formatted(
            root.name(), condition, what, description.replace("\\", "\\\\").replace("'", "\\'"));
  }

  /** The first sentence of a description, without markup. */
  private static String firstLine(String... description) {
    String text = description.length == 0 ? "" : Ansi.OFF.string(description[0]);
    int end = text.indexOf(". ");
    return end < 0 ? text : text.substring(0, end + 1);
  }
}
