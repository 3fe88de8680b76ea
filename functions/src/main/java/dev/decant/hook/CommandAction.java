package dev.decant.hook;

import dev.decant.progress.Progress;
import dev.decant.setting.ChildEnvironment;
import dev.decant.target.FilledText;
import dev.decant.target.Hook;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs a program. Its environment is that of this process without decant's secrets and without
 * variables that lead to another database, and with variables that name the target's database. At
 * the deadline the program and the processes that it started are ended.
 */
final class CommandAction implements Action {
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Hook.Command hook;
  private final HookContext context;
  private final Progress progress;

  CommandAction(Hook.Command hook, HookContext context, Progress progress) {
    this.hook = hook;
    this.context = context;
    this.progress = progress;
  }

  @Override
  public String attempt(Deadline deadline) throws InterruptedException {
    Process process = start();
    CommandOutput output = CommandOutput.of(process, hook, context.server().password(), progress);
    try {
      if (!process.waitFor(deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
        throw HookFailure.lasting("the time of the hook is over, and the program was ended");
      }
      output.end();
    } finally {
      end(process);
    }
    if (process.exitValue() != 0) {
      throw HookFailure.passing("the program ended with exit code " + process.exitValue());
    }
    return "the program ended with exit code 0";
  }

  private Process start() {
    ProcessBuilder builder =
        new ProcessBuilder(hook.words().stream().map(FilledText::value).toList())
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"));
    ChildEnvironment.lead(builder.environment(), context.variables());
    try {
      return builder.start();
    } catch (IOException e) {
      throw HookFailure.lasting(
          "the program cannot be started; check that it exists and is executable");
    }
  }

  /**
   * Asks the process tree to end (SIGTERM), so that the programs can clean up, and kills what still
   * runs after the grace period.
   */
  private static void end(Process process) {
    if (!process.isAlive()) {
      return;
    }
    List<ProcessHandle> tree =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    tree.forEach(ProcessHandle::destroy);
    awaitEnd(tree);
    Stream.concat(tree.stream(), process.descendants()).forEach(ProcessHandle::destroyForcibly);
  }

  /** Waits for the end of the grace period or of all processes. An interrupt ends the wait. */
  private static void awaitEnd(List<ProcessHandle> tree) {
    Deadline grace = Deadline.in(GRACE);
    try {
      while (tree.stream().anyMatch(ProcessHandle::isAlive) && !grace.isPast()) {
        Thread.sleep(Duration.ofMillis(20));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Duration slack() {
    return GRACE.plusSeconds(1);
  }
}
