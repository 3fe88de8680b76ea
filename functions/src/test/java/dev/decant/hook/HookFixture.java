package dev.decant.hook;

import dev.decant.postgres.ServerAddress;
import dev.decant.progress.Progress;
import dev.decant.target.FilledText;
import dev.decant.target.Hook;
import dev.decant.target.Hook.Limits;
import dev.decant.target.Hook.OnFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A context and limits for hooks, and a progress that records messages. */
final class HookFixture {
  static final String PASSWORD = "hunter2-of-the-database";
  static final HookContext CONTEXT =
      new HookContext(
          "staging",
          Phase.MIGRATE,
          "app_next_20260301000000",
          "app",
          new ServerAddress(
              "staging-db.internal", 5433, "app", PASSWORD, "app", Map.of("sslmode", "require")),
          "backend/production/app_20260301");

  private HookFixture() {}

  static Limits within(Duration time) {
    return new Limits(7, time, Optional.of(0), OnFailure.UNDO);
  }

  static Limits retries(int retries) {
    return new Limits(7, Duration.ofSeconds(20), Optional.of(retries), OnFailure.UNDO);
  }

  static Limits continuing() {
    return new Limits(8, Duration.ofSeconds(20), Optional.of(0), OnFailure.CONTINUE);
  }

  static Hook.Command command(Limits limits, String... words) {
    return new Hook.Command(Stream.of(words).map(FilledText::of).toList(), limits);
  }

  static Hook.Command shell(Limits limits, String script) {
    return command(limits, "/bin/sh", "-c", script);
  }

  static HookResult run(Hook hook) {
    return run(List.of(hook), Progress.NONE).getFirst();
  }

  static List<HookResult> run(List<Hook> hooks, Progress progress) {
    List<HookResult> ended = new ArrayList<>();
    Hooks.run(hooks, CONTEXT, progress, ended);
    return ended;
  }

  /** Records messages. */
  static final class Messages implements Progress {
    final List<String> all = new CopyOnWriteArrayList<>();

    @Override
    public void message(String text) {
      all.add(text);
    }
  }
}
