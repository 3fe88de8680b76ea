package dev.decant.cli;

import dev.decant.setting.Version;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code decant} without a command, which reports the commands that exist. */
@Command(
    name = "decant",
    description = "Turns production PostgreSQL dumps into sanitized snapshots.",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = DecantCommand.VersionLines.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  decant key > masking.key",
      "  decant sanitize backup.sql.zst --policy policy.yaml --to snapshots \\",
      "      --key-file masking.key",
      "  decant list --from snapshots",
      "",
      "'decant help COMMAND' shows the help of one command."
    })
final class DecantCommand implements Runnable {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  boolean version;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "No command was given. The commands are " + commands() + ".");
  }

  /** The commands of {@code decant}, without the hidden ones. */
  static Stream<CommandSpec> offered(CommandSpec root) {
    return root.subcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(command -> !command.usageMessage().hidden());
  }

  private String commands() {
    return offered(spec).map(CommandSpec::name).collect(Collectors.joining(", "));
  }

  /** The version, its commit, and the Java that runs it. */
  static final class VersionLines implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "decant " + Version.withCommit(),
        "Java "
            + Runtime.version()
            + ", "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch")
      };
    }
  }
}
