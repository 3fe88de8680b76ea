package dev.decant.cli;

/** The process {@code decant}. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    Console console = Console.ofProcess();
    Interruption interruption = Interruption.guard(console.err());
    int exitCode = new Cli(console, interruption::happened).run(arguments);
    interruption.commandEnded();
    if (!interruption.happened()) {
      System.exit(exitCode);
    }
    // Else the JVM is ending already: System.exit would block, and with it the hooks that wait for
    // this thread.
  }
}
