package dev.decant.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Wrong arguments of {@code decant scale}. */
final class ScaleCommandTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          chunk --run r1 --item 0 --chunk-bytes 2GB | 'decant scale chunk' does not use --chunk-bytes, which is an option of plan. Leave it out.
          forget --run r1 --encoding LATIN1         | does not use --encoding
          chunk --run r1 --item 0 --timings         | does not use --timings, which is an option of finish
          plan dump --run r1 --timings              | does not use --timings
          chunk --run r1 --item 0 --service s       | does not use --service, which is an option of plan
          finish --run r1 --environment staging     | does not use --environment
          forget --run r1 --name n                  | does not use --name
          finish --run r1 --static-source           | does not use --static-source
          plan dump --run r1 --allow-no-rows        | does not use --allow-no-rows
          plan dump --run r1 --verify full          | does not use --verify, which is an option of finish
          forget --run r1 --policy p.yaml           | 'decant scale forget' does not use --policy, which is an option of plan and chunk and finish. Leave it out.
          forget --run r1 --param a=b               | 'decant scale forget' does not use --param
          plan --run r1                             | SOURCE is given to 'decant scale plan'
          finish dump --run r1                      | SOURCE is given to 'decant scale plan'
          finish --run r1 --item 0                  | does not use --item, which is an option of chunk
          chunk --run r1                            | 'decant scale chunk' needs the number of an item
          forget --run ../r1                        | only lower-case letters and digits
          forget --run R1                           | only lower-case letters and digits
          forget --run r1/r2                        | only lower-case letters and digits
          forget --run ''                           | only lower-case letters and digits
          """)
  void argumentThatTheActionDoesNotUseIsRefused(String arguments, String message) {
    CapturedCli cli = new CapturedCli();
    String[] words = ("scale " + arguments.replace("''", "")).split(" ", -1);
    assertThat(cli.run(words)).isEqualTo(2);
    assertThat(cli.err()).contains(message);
  }

  @Test
  void everyOptionIsUsedByAnAction() {
    CapturedCli cli = new CapturedCli();
    CommandLine command =
        new CommandLine(
            new ScaleCommand(
                cli.console(),
                (_, _) -> {
                  throw new IllegalStateException();
                }));
    for (OptionSpec option : command.getCommandSpec().options()) {
      assertThat(ScaleAction.values())
          .as(option.longestName())
          .anySatisfy(
              action ->
                  assertThatCode(() -> action.requireUse(List.of(option)))
                      .doesNotThrowAnyException());
    }
  }

  @Test
  void optionThatNoActionNamesIsRefusedByAll() {
    OptionSpec unknown = OptionSpec.builder("--new").build();
    assertThat(Arrays.stream(ScaleAction.values()))
        .allSatisfy(
            action ->
                assertThatThrownBy(() -> action.requireUse(List.of(unknown)))
                    .hasMessageContaining("does not use --new"));
  }
}
