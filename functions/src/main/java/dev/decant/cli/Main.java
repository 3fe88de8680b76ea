package dev.decant.cli;

/** The process {@code decant}. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    Console console = Console.ofProcess();
    Interruption interruption = Interruption.guard(Thread.currentThread(), console.err());
    int exitCode = new Cli(console, interruption::happened).run(arguments);
    interruption.commandEnded();
    System.exit(exitCode);
  }
}
