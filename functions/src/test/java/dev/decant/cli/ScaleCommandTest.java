package dev.decant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong arguments of {@code decant scale}. */
final class ScaleCommandTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          chunk --run r1 --item 0 --chunk-bytes 2GB | --chunk-bytes is given to 'decant scale plan'
          finish --run r1 --chunk-bytes 1GB         | --chunk-bytes is given to 'decant scale plan'
          forget --run r1 --encoding LATIN1         | --encoding is given to 'decant scale plan'
          finish --run r1 --encoding LATIN1         | --encoding is given to 'decant scale plan'
          chunk --run r1 --item 0 --timings         | --timings is given to 'decant scale finish'
          forget --run r1 --timings                 | --timings is given to 'decant scale finish'
          plan dump --run r1 --timings              | --timings is given to 'decant scale finish'
          plan --run r1                             | SOURCE is given to 'decant scale plan'
          finish --run r1 --item 0                  | --item N is given to 'decant scale chunk'
          chunk --run r1                            | --item N is given to 'decant scale chunk'
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
}
