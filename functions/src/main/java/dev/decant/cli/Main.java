package dev.decant.cli;

/** The entry point of the program {@code decant}. */
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
    // After a signal the JVM is ending already. System.exit would block this thread, and the
    // shutdown
    // hooks that wait for it.
  }
}
