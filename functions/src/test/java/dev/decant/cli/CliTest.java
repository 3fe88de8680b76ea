package dev.decant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

final class CliTest {
  private final CapturedCli cli = new CapturedCli();

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void everyErrorGivesItsKindsExitCode(ErrorCode code) {
    cli.add("fail", new Failing(new DecantException(code, "what, where, what to do")));

    assertThat(cli.run("fail")).isEqualTo(code.kind().exitCode());
    assertThat(cli.out()).isEmpty();
    assertThat(cli.err()).startsWith("decant: what, where, what to do\n");
  }

  @Test
  void anExpectedErrorShowsNoStackTrace() {
    cli.add("fail", new Failing(new DecantException(ErrorCode.INPUT_CUT, "cut")));

    cli.run("fail");

    assertThat(cli.err()).isEqualTo("decant: cut\n");
  }

  @Test
  void debugShowsWhereAnErrorArose() {
    cli.add("fail", new Failing(new DecantException(ErrorCode.INPUT_CUT, "cut")));

    cli.run("fail", "--debug");

    assertThat(cli.err()).startsWith("decant: cut\n").contains("    at dev.decant.cli.CliTest");
  }

  @Test
  void anErrorThatMayPassSaysSo() {
    cli.add("fail", new Failing(new DecantException(ErrorCode.STORE_FAILED, "store")));

    cli.run("fail");

    assertThat(cli.err()).contains("This failure may be temporary.");
  }

  @Test
  void anUnexpectedExceptionShowsItsPlaceButNotItsMessage() {
    cli.add("fail", new Failing(new NumberFormatException("For input string: \"canary@secret\"")));

    assertThat(cli.run("fail", "--json", "--debug")).isEqualTo(1);
    assertThat(cli.err())
        .contains("java.lang.NumberFormatException", "CliTest", "report")
        .doesNotContain("canary");
    assertThat(cli.out()).doesNotContain("canary");
  }

  @Test
  void theCauseOfAnErrorIsShownWithoutItsMessage() {
    cli.add(
        "fail",
        new Failing(new DecantException(ErrorCode.BUG, "bug", new IOException("canary@secret"))));

    cli.run("fail", "--debug");

    assertThat(cli.err()).contains("java.io.IOException").doesNotContain("canary");
  }

  @Test
  void runningOutOfMemoryTellsHowToGiveMore() {
    cli.add("fail", new Failing(new OutOfMemoryError("Java heap space")));

    assertThat(cli.run("fail")).isEqualTo(11);
    assertThat(cli.err()).contains("DECANT_JAVA_OPTS");
  }

  @Test
  void libraryThatCannotBeUnpackedNamesTheTemporaryFolder() {
    Error failure = new ExceptionInInitializerError("canary");
    failure.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("com.github.luben.zstd.util.Native", "load", "Native.java", 141)
        });
    cli.add("fail", new Failing(failure));

    assertThat(cli.run("fail")).isEqualTo(2);
    assertThat(cli.err())
        .contains(System.getProperty("java.io.tmpdir"), "-Djava.io.tmpdir=FOLDER")
        .doesNotContain("canary", "defect");
  }

  @Test
  void withJsonAFailureIsOneJsonDocument() throws IOException {
    cli.add("fail", new Failing(new DecantException(ErrorCode.LEAK_FOUND, "a leak")));

    assertThat(cli.run("fail", "--json")).isEqualTo(13);
    JsonNode error = JsonMapper.builder().build().readTree(cli.out()).get("error");
    assertThat(error.get("code").asText()).isEqualTo("LEAK_FOUND");
    assertThat(error.get("exitCode").asInt()).isEqualTo(13);
    assertThat(error.get("message").asText()).isEqualTo("a leak");
  }

  @Test
  void anInterruptedCommandsErrorIsNotTold() {
    CapturedCli interrupted = new CapturedCli(() -> true);
    interrupted.add("fail", new Failing(new DecantException(ErrorCode.CANCELLED, "interrupted")));

    interrupted.run("fail");

    assertThat(interrupted.err()).isEmpty();
  }

  @Test
  void anUnknownOptionIsAUsageErrorThatNamesTheNearest() {
    cli.add("fail", new Failing(new DecantException(ErrorCode.BUG, "not reached")));

    assertThat(cli.run("fail", "--debugg")).isEqualTo(2);
    assertThat(cli.err())
        .isEqualTo(
            """
            decant: Unknown option: '--debugg'. Did you mean --debug?
            Try 'decant fail --help'.
            """);
    assertThat(cli.out()).isEmpty();
  }

  @Test
  void anUnknownCommandIsAUsageErrorThatNamesTheNearest() {
    cli.add("fail", new Failing(new DecantException(ErrorCode.BUG, "not reached")));

    assertThat(cli.run("fails")).isEqualTo(2);
    assertThat(cli.err()).contains("'fails'", "Did you mean fail?", "decant --help");
  }

  @Test
  void withJsonAUsageErrorIsAJsonDocumentToo() throws IOException {
    assertThat(cli.run("no-such-command", "--json")).isEqualTo(2);
    assertThat(JsonMapper.builder().build().readTree(cli.out()).at("/error/code").asText())
        .isEqualTo("USAGE");
  }

  @Test
  void withoutACommandItListsThem() {
    assertThat(cli.run()).isEqualTo(2);
    assertThat(cli.err())
        .contains("The commands are demo, key, init, check, explain, sanitize, ")
        .doesNotContain("generate", "rehearse");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h", "help"})
  void helpIsAResult(String argument) {
    assertThat(cli.run(argument)).isZero();
    assertThat(cli.out()).contains("Usage: decant", "Examples:");
    assertThat(cli.err()).isEmpty();
  }

  @Test
  void versionNamesItsJava() {
    assertThat(cli.run("--version")).isZero();
    assertThat(cli.out()).startsWith("decant ").contains("Java 2");
  }

  @Test
  void everyCommandsHelpHasAnExampleAndTheExitCodes() {
    for (String command : cli.commands()) {
      CapturedCli each = new CapturedCli();

      assertThat(each.run(command, "--help")).as(command).isZero();
      if (!command.equals("help")) {
        assertThat(each.out())
            .as(command)
            .contains(
                "Usage: decant " + command,
                "Examples:",
                "Exit codes:",
                "  15   A guard refused the command.");
        assertThat(each.out().substring(each.out().indexOf("Examples:\n")).lines().skip(1))
            .as("examples that can be pasted: none was wrapped")
            .allMatch(line -> line.startsWith("  "));
      }
    }
  }

  /** A command that fails with the given error. */
  @Command(name = "fail")
  static final class Failing implements Runnable {
    @Mixin CommonOptions common = new CommonOptions();
    private final Throwable failure;

    Failing(Throwable failure) {
      this.failure = failure;
    }

    @Override
    public void run() {
      switch (failure) {
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        default -> throw new IllegalArgumentException(failure);
      }
    }
  }
}
