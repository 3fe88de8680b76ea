package dev.decant.cli;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** A program in place of decant for tests of the launcher. It prints its arguments and options. */
public final class LauncherEcho {
  /** What it prints about the flags of its JVM if no crash writes memory to a disk. */
  public static final String NO_DUMPS =
      """
      HeapDumpOnOutOfMemoryError false
      CreateCoredumpOnCrash false
      ErrorFile /dev/null
      DumpReplayDataOnError false
      """;

  private LauncherEcho() {}

  /** The arguments {@code exit N} end it with exit code N. */
  @SuppressWarnings("SystemOut") // Its result.
  public static void main(String[] arguments) {
    System.out.println(Arrays.toString(arguments));
    System.out.println("home " + System.getProperty("java.home"));
    System.out.println("heap " + Runtime.getRuntime().maxMemory() / 1024 / 1024);
    System.out.println("a " + System.getProperty("a"));
    HotSpotDiagnosticMXBean flags =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    for (String line : NO_DUMPS.lines().toList()) {
      String flag = line.split(" ", 2)[0];
      System.out.println(flag + ' ' + flags.getVMOption(flag).getValue());
    }
    if (arguments.length == 2 && arguments[0].equals("exit")) {
      System.exit(Integer.parseInt(arguments[1]));
    }
  }
}
