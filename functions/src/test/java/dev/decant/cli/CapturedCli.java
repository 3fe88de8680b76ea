package dev.decant.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Help.Ansi;

/** Runs the command line in this process and captures its output. */
final class CapturedCli {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Console console;
  private final Cli cli;

  CapturedCli() {
    this(Map.of());
  }

  CapturedCli(BooleanSupplier interrupted) {
    this(Map.of(), interrupted);
  }

  CapturedCli(Map<String, String> environment) {
    this(environment, () -> false);
  }

  private CapturedCli(Map<String, String> environment, BooleanSupplier interrupted) {
    console = new Console(stream(out), stream(err), 0, Ansi.OFF, environment);
    cli = new Cli(console, interrupted);
  }

  int run(String... arguments) {
    return cli.run(arguments);
  }

  void add(String name, Object command) {
    cli.add(name, command);
  }

  Set<String> commands() {
    return cli.commands();
  }

  Console console() {
    return console;
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
