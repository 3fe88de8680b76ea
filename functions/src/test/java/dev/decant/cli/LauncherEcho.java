package dev.decant.cli;

import java.util.Arrays;

/** Stands for decant in the launcher's tests: says what it was started with. */
public final class LauncherEcho {
  private LauncherEcho() {}

  /** {@code exit N} ends with the code N. */
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
