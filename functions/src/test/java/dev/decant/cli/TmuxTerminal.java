package dev.decant.cli;

import dev.decant.testing.Component;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A command in a real terminal, that of tmux. A test reads its screen and presses its keys. */
final class TmuxTerminal implements AutoCloseable {
  private static final int LINES = 24;
  private static final long PATIENCE_MILLIS = 240_000;

  private final String socket;
  private final Path status;

  /**
   * Starts {@code decant} with these arguments.
   *
   * @param folder the folder for the files of the terminal
   */
  TmuxTerminal(Path folder, int columns, Map<String, String> environment, List<String> arguments)
      throws IOException {
    Path own = Files.createTempDirectory(folder, "tmux");
    this.socket = own.resolve("socket").toString();
    this.status = own.resolve("status");
    Path settings = own.resolve("tmux.conf");
    Files.writeString(settings, "set -g remain-on-exit on\nset -g remain-on-exit-format ''\n");
    Path script = own.resolve("run.sh");
    Files.writeString(script, script(own, environment, arguments));
    tmux(
        "-f",
        settings.toString(),
        "new-session",
        "-d",
        "-x",
        columns + "",
        "-y",
        LINES + "",
        "/bin/sh " + script);
  }

  /**
   * The command as the launcher starts it. Its exit code is written to a file, because tmux 3.3 may
   * miss the end of its child. The shell catches Ctrl-C so that it survives, and the command does
   * not inherit this.
   */
  private static String script(Path own, Map<String, String> environment, List<String> arguments)
      throws IOException {
    Path options = own.resolve("java.options");
    Files.writeString(
        options,
        "--enable-native-access=ALL-UNNAMED\n-cp\n\""
            + System.getProperty("java.class.path")
            + "\"\n");
    StringBuilder script = new StringBuilder("unset NO_COLOR\nexport LC_ALL=C.UTF-8\n");
    environment.forEach((name, value) -> script.append("export " + name + "='" + value + "'\n"));
    script.append("trap : INT\nsize=$(stty size <&2)\n'");
    script.append(Path.of(System.getProperty("java.home"), "bin", "java"));
    script.append("' -Ddecant.columns=${size#* } @" + options + " " + Main.class.getName());
    arguments.forEach(argument -> script.append(" '" + argument + "'"));
    return script
        .append("\necho $? >'" + own + "/code' && mv '" + own + "/code' '" + own + "/status'\n")
        .toString();
  }

  /** The text on the screen, without empty lines at the end. */
  String screen() throws IOException {
    return tmux("capture-pane", "-p").stripTrailing();
  }

  /** Waits until a text that matches is on the screen. */
  String await(String pattern) throws IOException {
    String screen = screen(pattern, PATIENCE_MILLIS);
    if (!matches(pattern, screen)) {
      throw new AssertionError("no " + pattern + " on the screen:\n" + screen);
    }
    return screen;
  }

  /** Whether a text that matches appears on the screen within a short time. */
  boolean shows(String pattern, long millis) throws IOException {
    return matches(pattern, screen(pattern, millis));
  }

  private String screen(String pattern, long millis) throws IOException {
    String screen = screen();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (!matches(pattern, screen) && System.nanoTime() < end) {
      pause();
      screen = screen();
    }
    return screen;
  }

  private static boolean matches(String pattern, String screen) {
    return Pattern.compile(pattern, Pattern.MULTILINE).matcher(screen).find();
  }

  /** Types keys, by tmux's names: {@code y}, {@code Enter}, {@code C-c}. */
  void type(String... keys) throws IOException {
    List<String> command = new ArrayList<>(List.of("send-keys"));
    command.addAll(List.of(keys));
    tmux(command.toArray(String[]::new));
  }

  void resize(int columns) throws IOException {
    tmux("resize-window", "-x", columns + "", "-y", LINES + "");
  }

  /** Waits for the end of the command and returns its exit code. */
  int exitCode() throws IOException {
    for (long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        System.nanoTime() < end;
        pause()) {
      // tmux reports the pane as dead once all of its output is on the screen.
      if (Files.exists(status) && tmux("display-message", "-p", "#{pane_dead}").startsWith("1")) {
        return Integer.parseInt(Files.readString(status).strip());
      }
    }
    throw new AssertionError("it does not end:\n" + screen());
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String tmux(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(Component.TMUX.program().toString(), "-u", "-S", socket));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ": " + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return output;
  }

  @Override
  public void close() throws IOException {
    tmux("kill-server");
  }
}
