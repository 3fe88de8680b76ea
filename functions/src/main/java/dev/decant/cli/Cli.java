package dev.decant.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.audit.Audit;
import dev.decant.check.Check;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.log.LogOutput;
import dev.decant.policy.MaskCatalog;
import dev.decant.policy.Policy;
import dev.decant.policy.parse.PolicyParser;
import dev.decant.refresh.Refresh;
import dev.decant.refresh.Rollback;
import dev.decant.sanitize.PolicyReader;
import dev.decant.sanitize.Sanitization;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line. It finds and runs a command, and reports failures by messages and exit codes.
 */
final class Cli {
  private static final int MAX_HELP_COLUMNS = 110;

  /** The exit code that a shell gives to a program that SIGPIPE ended: 128 and its number. */
  private static final int READER_GONE = 141;

  /** Commands whose output lists all other commands. */
  private static final Set<String> LISTING = Set.of("help", "completion", "man");

  private final Console console;
  private final BooleanSupplier interrupted;
  private final Map<String, Supplier<Object>> commands = new LinkedHashMap<>();

  /**
   * @param interrupted whether a signal is ending the process; failures are not reported then
   */
  Cli(Console console, BooleanSupplier interrupted) {
    this.console = console;
    this.interrupted = interrupted;
    commands.put("demo", () -> new DemoCommand(console));
    commands.put("key", () -> new KeyCommand(console));
    commands.put("init", () -> new InitCommand(console));
    commands.put("check", () -> new CheckCommand(console, Check::run));
    commands.put("explain", () -> new ExplainCommand(console));
    commands.put("sanitize", () -> new SanitizeCommand(console, Cli::policy, Sanitization::run));
    commands.put("list", () -> new ListCommand(console));
    commands.put("show", () -> new ShowCommand(console));
    commands.put("verify", () -> new VerifyCommand(console, Audit::run));
    commands.put("evidence", () -> new EvidenceCommand(console, Audit::run));
    commands.put("pull", () -> new PullCommand(console));
    commands.put("gc", () -> new GcCommand(console));
    commands.put("refresh", () -> new RefreshCommand(console, Refresh::run));
    commands.put("rollback", () -> new RollbackCommand(console, Rollback::run));
    commands.put("media", () -> new MediaCommand(console));
    commands.put("scale", () -> new ScaleCommand(console, Cli::policy));
    commands.put("sweep", () -> new SweepCommand(console));
    commands.put("invoke", () -> new InvokeCommand(console));
    commands.put("completion", () -> new CompletionCommand(console));
    commands.put("man", () -> new ManCommand(console));
    commands.put("generate", () -> new GenerateCommand(console));
    commands.put(
        "rehearse", () -> new RehearseCommand(console, silent -> new Cli(silent, interrupted)));
    commands.put("help", Cli::help);
  }

  /** Reads a policy. The catalog of masks is made here, so that only one command loads it. */
  private static Policy policy(String location, Map<String, String> parameters) {
    return new PolicyReader(new PolicyParser(MaskCatalog.standard()), Path.of(""))
        .read(location, parameters);
  }

  /** picocli's own command, with a description like those of the others. */
  private static CommandSpec help() {
    CommandSpec help = CommandSpec.forAnnotatedObject(new HelpCommand());
    help.usageMessage()
        .header(new String[0])
        .description("Shows the help of a command.")
        .footerHeading("%nExamples:%n")
        .footer("  decant help pull");
    return help;
  }

  /** Adds a command. */
  void add(String name, Object command) {
    commands.put(name, () -> command);
  }

  Set<String> commands() {
    return commands.keySet();
  }

  /**
   * Makes the command that the arguments name. The others are added only if it lists them, because
   * reading the declarations of all commands takes longer than most commands run.
   */
  private CommandLine commandLine(String[] arguments) {
    String first = arguments.length == 0 ? "" : arguments[0];
    boolean alone = commands.containsKey(first) && !LISTING.contains(first);
    CommandLine commandLine = new CommandLine(new DecantCommand());
    commands.forEach(
        (name, command) -> {
          if (!alone || name.equals(first)) {
            commandLine.addSubcommand(name, describe(new CommandLine(command.get())));
          }
        });
    return commandLine
        .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
        .setColorScheme(Help.defaultColorScheme(console.ansi()))
        .setUsageHelpWidth(Math.clamp(console.columns(), 80, MAX_HELP_COLUMNS))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(this::usageFailed)
        .setExecutionExceptionHandler(this::commandFailed);
  }

  private static CommandLine describe(CommandLine command) {
    command
        .getCommandSpec()
        .usageMessage()
        .parameterListHeading("%n")
        .optionListHeading("%n")
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(ExitCodes.list());
    return command;
  }

  /** Runs one command and returns its exit code. */
  int run(String... arguments) {
    try {
      int exitCode = commandLine(arguments).execute(arguments);
      return exitCode == 0 && console.out().checkError() ? cutShort() : exitCode;
    } catch (OutOfMemoryError e) {
      return report(
          new DecantException(
              ErrorCode.MEMORY_EXCEEDED,
              "decant ran out of memory. A row or a large object may be too large for the heap. Set"
                  + " the heap to about ten times the size of the largest row, for example by"
                  + " DECANT_JAVA_OPTS=-Xmx4g. If no value has 50 MB or more, please report this,"
                  + " because 512 MB should suffice."),
          Arrays.asList(arguments).contains("--json"),
          false);
    } catch (Error e) {
      Throwable failure = UnpackedLibrary.isCauseOf(e) ? UnpackedLibrary.error(e) : e;
      return report(failure, Arrays.asList(arguments).contains("--json"), false);
    }
  }

  /** Reports output that was not written completely, because a PrintStream does not throw. */
  private int cutShort() {
    if (console.readerHasGone()) {
      return READER_GONE;
    }
    return report(
        new DecantException(
            ErrorCode.STORE_FAILED,
            "Cannot write to stdout, so the output is incomplete. If it goes to a file, check the"
                + " free space of its disk."),
        false,
        false);
  }

  private int usageFailed(ParameterException failure, String[] arguments) {
    StringBuilder message = new StringBuilder(String.valueOf(failure.getMessage()));
    if (failure instanceof UnmatchedArgumentException unmatched) {
      unmatched.getSuggestions().stream()
          .findFirst()
          .ifPresent(nearest -> message.append(". Did you mean ").append(nearest).append('?'));
    }
    message.append(
        "\nTry '" + failure.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
    return report(
        new DecantException(ErrorCode.USAGE, message.toString()),
        Arrays.asList(arguments).contains("--json"),
        false);
  }

  private int commandFailed(Exception failure, CommandLine command, ParseResult all) {
    ParseResult parsed = command.getParseResult();
    return report(failure, parsed.hasMatchedOption("--json"), parsed.hasMatchedOption("--debug"));
  }

  private int report(Throwable failure, boolean json, boolean debug) {
    FailureReport report = FailureReport.of(failure);
    if (interrupted.getAsBoolean()) {
      return report.exitCode();
    }
    if (console.readerHasGone()) {
      return READER_GONE; // the failure is that the output could not be written
    }
    if ("json".equals(console.environment().get(LogOutput.FORMAT))) {
      report.log(debug);
    } else {
      console.err().print(report.text(debug));
      console.err().flush();
    }
    if (json) {
      ObjectNode document = JsonOutput.document();
      document.set("error", report.document());
      console.out().println(JsonOutput.json(document));
    }
    return report.exitCode();
  }
}
