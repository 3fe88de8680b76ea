package dev.decant.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the command in the output {@code RefreshStagingButton} with a program in place of aws. */
final class RefreshButtonTest {
  private static final Pattern BUTTON =
      Pattern.compile("RefreshStagingButton:\n.*\n +Value: !Sub >-\n((?: {6}.*\n)+)");

  @TempDir Path folder;

  /** The first line is AWS_MAX_ATTEMPTS, and each of the others is an argument of aws. */
  private List<String> run() throws Exception {
    Path call = folder.resolve("call");
    Path aws =
        Files.writeString(
            folder.resolve("aws"),
            "#!/bin/sh\nprintf '%%s\\n' \"$AWS_MAX_ATTEMPTS\" \"$@\" >'%s'\n".formatted(call));
    assertThat(aws.toFile().setExecutable(true)).isTrue();
    ProcessBuilder shell = new ProcessBuilder("sh", "-c", command());
    shell.environment().merge("PATH", folder + ":", (path, first) -> first + path);
    shell.environment().remove("AWS_MAX_ATTEMPTS");
    assertThat(shell.start().waitFor()).isZero();
    return Files.readAllLines(call);
  }

  private static String command() throws IOException {
    Matcher button = BUTTON.matcher(Files.readString(Path.of("../template-refresh.yaml")));
    assertThat(button.find()).isTrue();
    return button
        .group(1)
        .strip()
        .replaceAll("\n +", " ")
        .replace("${RefreshStaging}", "decant-RefreshStaging")
        .replace("${Target}", "staging")
        .replace("${Confirm}", "staging-db.internal");
  }

  private static RefreshEvent event(List<String> call) {
    String payload = call.get(call.indexOf("--payload") + 1);
    return RefreshEvent.read(new ByteArrayInputStream(payload.getBytes(UTF_8)));
  }

  /**
   * The client would otherwise repeat a call that lasts long, and so remove the copy to go back to.
   */
  @Test
  void clientDoesNotRepeatTheCall() throws Exception {
    assertThat(run()).startsWith("1", "lambda", "invoke", "--function-name");
  }

  @Test
  void eachUseHasATokenOfItsOwn() throws Exception {
    RefreshEvent first = event(run());
    RefreshEvent second = event(run());

    assertThat(first.target()).isEqualTo("staging");
    assertThat(first.confirm()).isEqualTo("staging-db.internal");
    assertThat(first.token()).isNotNull().isNotEqualTo(second.token());
    assertThat(second.token()).isNotNull();
  }
}
