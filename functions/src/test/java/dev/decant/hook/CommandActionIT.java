package dev.decant.hook;

import static dev.decant.hook.HookFixture.PASSWORD;
import static dev.decant.hook.HookFixture.retries;
import static dev.decant.hook.HookFixture.shell;
import static dev.decant.hook.HookFixture.within;
import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.target.FilledText;
import dev.decant.target.Hook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs real programs. */
final class CommandActionIT {
  private static final String TOKEN = "gehéimnis-gehéimnis";

  @TempDir Path folder;

  private final HookFixture.Messages messages = new HookFixture.Messages();

  private HookResult run(Hook hook) {
    return HookFixture.run(List.of(hook), messages).getFirst();
  }

  @Test
  void programIsToldTheDatabaseByItsEnvironment() {
    HookResult result =
        run(
            shell(
                retries(0),
                "echo $DECANT_TARGET $DECANT_PHASE $DECANT_DATABASE $PGHOST $PGPORT $PGUSER"
                    + " $PGDATABASE; echo $DECANT_DATABASE_URL; test \"$PGPASSWORD\" = "
                    + PASSWORD));
    assertThat(result.ok()).isTrue();
    assertThat(messages.all)
        .containsExactly(
            "| staging migrate app_next_20260301000000 staging-db.internal 5433 app"
                + " app_next_20260301000000",
            "| postgresql://app@staging-db.internal:5433/app_next_20260301000000?sslmode=require");
  }

  @Test
  void argumentsAreNotReadByAShell() {
    Path file = folder.resolve("a b; $(touch x) *");
    HookResult result = run(HookFixture.command(retries(0), "touch", file.toString()));
    assertThat(result.ok()).isTrue();
    assertThat(file).exists();
  }

  @Test
  void passwordAndParametersThatAProgramRepeatsAreNotShown() {
    Hook hook =
        new Hook.Command(
            List.of(
                FilledText.of("/bin/sh"),
                FilledText.of("-c"),
                FilledText.of(
                    "echo \"$PGPASSWORD and $1\"; head -c 490 /dev/zero | tr '\\0' x;"
                        + " echo \"$1\""),
                FilledText.of("sh"),
                new FilledText(TOKEN, "${TOKEN}", Map.of("TOKEN", TOKEN))),
            retries(0));
    assertThat(run(hook).ok()).isTrue();
    assertThat(messages.all)
        .containsExactly("| … and ${TOKEN}", "| " + "x".repeat(490) + "${TOKEN}");
  }

  /** A program that gets parameters within its arguments, as the targets file can state them. */
  private List<String> shown(String script, Map<String, String> parameters, String... more) {
    List<FilledText> words =
        new ArrayList<>(List.of(FilledText.of("/bin/sh"), FilledText.of("-c")));
    for (String text : Stream.concat(Stream.of(script), Stream.of(more)).toList()) {
      String value = text;
      for (Map.Entry<String, String> each : parameters.entrySet()) {
        value = value.replace("${" + each.getKey() + "}", each.getValue());
      }
      words.add(new FilledText(value, text, parameters));
    }
    assertThat(run(new Hook.Command(words, retries(0))).ok()).isTrue();
    return messages.all;
  }

  @Test
  void parameterWithinAnArgumentIsNotShown() {
    assertThat(
            shown(
                "echo logging in with ${TOKEN}; echo \"${0#--token=}\"; echo \"got $0\"",
                Map.of("TOKEN", TOKEN),
                "--token=${TOKEN}"))
        .containsExactly("| logging in with ${TOKEN}", "| ${TOKEN}", "| got --token=${TOKEN}");
  }

  @Test
  void parameterWithinAnotherLeavesNoRest() {
    assertThat(
            shown(
                "echo '${LONG} ${PART} ${USER}'",
                Map.of("PART", "correct", "LONG", "correct horse", "USER", "LONG")))
        .containsExactly("| ${LONG} ${PART} ${USER}");
  }

  @Test
  void veryShortParameterIsReplacedAsAWholeWord() {
    assertThat(shown("echo 2 tasks, 24 rows, n=2, v2", Map.of("N", "2"), "${N}"))
        .containsExactly("| ${N} tasks, 24 rows, n=${N}, v2");
  }

  @Test
  void parameterOfSeveralLinesIsNotShown() {
    assertThat(shown("echo \"$0\"", Map.of("KEY", "-- BEGIN --\nc2VjcmV0\n"), "key: ${KEY}"))
        .containsExactly("| key: ${KEY}", "| ${KEY}", "| ");
  }

  @Test
  void secretBehindAnotherIsNotCutIntoView() {
    assertThat(
            shown(
                "printf '%s%0450d%s\\n' \"$0\" 0 \"$0\"",
                Map.of("TOKEN", "s3cret".repeat(20)), "${TOKEN}"))
        .containsExactly("| ${TOKEN}" + "0".repeat(380));
  }

  @Test
  void onlyTheFirstLinesAreShownAndTheRestIsRead() {
    HookResult result =
        run(shell(retries(0), "seq 1 100000; head -c 1000000 /dev/zero; echo last"));
    assertThat(result.ok()).isTrue();
    assertThat(messages.all).hasSize(101).endsWith("… more lines are not shown");
    assertThat(messages.all.get(99)).isEqualTo("| 100");
  }

  @Test
  void controlCharactersAreNotShown() {
    run(shell(retries(0), "printf 'a\\033[31mb\\rc'"));
    assertThat(messages.all).containsExactly("| a [31mb c");
  }

  @Test
  void deadlineEndsTheProgramAndWhatItStarted() throws IOException {
    Path pids = folder.resolve("pids");
    String script =
        "trap '' TERM; (trap '' TERM; sleep 60) & echo $! > %s; echo $$ >> %s; wait; sleep 60"
            .formatted(pids, pids);
    HookResult result = run(shell(within(Duration.ofSeconds(4)), script));
    assertThat(result.ok()).isFalse();
    assertThat(result.message())
        .isEqualTo("the time of the hook is over, and the program was ended");
    assertThat(Files.readAllLines(pids))
        .hasSize(2)
        .allSatisfy(
            pid ->
                assertThat(isAlive(Long.parseLong(pid))).describedAs("process " + pid).isFalse());
  }

  /** A zombie has ended; it still exists because its parent has not waited for it. */
  private static boolean isAlive(long pid) throws IOException, InterruptedException {
    for (int i = 0; i < 100; i++) {
      Path status = Path.of("/proc", String.valueOf(pid), "stat");
      if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()
          || (Files.exists(status) && Files.readString(status).contains(") Z "))) {
        return false;
      }
      Thread.sleep(20);
    }
    return true;
  }

  @Test
  void processInTheBackgroundDoesNotHoldTheHookUp() {
    HookResult result = run(shell(within(Duration.ofSeconds(30)), "sleep 40 & echo started"));
    assertThat(result.ok()).as("it waits for no longer than its time").isTrue();
    assertThat(messages.all).containsExactly("| started");
  }

  @Test
  void programThatReadsGetsNothing() {
    assertThat(run(shell(retries(0), "test -z \"$(cat)\"")).ok()).isTrue();
  }
}
