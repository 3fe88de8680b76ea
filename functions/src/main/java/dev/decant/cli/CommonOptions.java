package dev.decant.cli;

import picocli.CommandLine.Option;

/** The options that every command has. */
final class CommonOptions {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Option(names = "--json", description = "Write one JSON document to stdout and nothing else.")
  boolean json;

  @Option(names = "--debug", description = "Show where in the code an error arose.")
  boolean debug;
}
