package dev.decant.cli;

import picocli.CommandLine.Option;

/** The options that every command has. */
final class CommonOptions {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Option(names = "--json", description = "Write one JSON document and nothing else to stdout.")
  boolean json;

  @Option(names = "--debug", description = "Show the stack trace of an error.")
  boolean debug;
}
