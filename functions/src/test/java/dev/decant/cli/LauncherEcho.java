package dev.decant.cli;

import java.util.Arrays;

/** A program in place of decant for tests of the launcher. It prints its arguments and options. */
public final class LauncherEcho {
  private LauncherEcho() {}

  /** The arguments {@code exit N} end it with exit code N. */
  @SuppressWarnings("SystemOut") // Its result.
  public static void main(String[] arguments) {
    System.out.println(Arrays.toString(arguments));
    System.out.println("home " + System.getProperty("java.home"));
    System.out.println("heap " + Runtime.getRuntime().maxMemory() / 1024 / 1024);
    System.out.println("a " + System.getProperty("a"));
    if (arguments.length == 2 && arguments[0].equals("exit")) {
      System.exit(Integer.parseInt(arguments[1]));
    }
  }
}
