package dev.decant.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All commands of the rehearsal must succeed. Otherwise classes are missing in the archive. */
final class RehearseCommandIT {
  @TempDir Path empty;

  @Test
  void theSampleIsListedShownAndPulled() {
    CapturedCli cli = new CapturedCli();
    assertThat(cli.run("rehearse", empty.toString())).as(cli.err()).isZero();
    assertThat(cli.out() + cli.err()).isEmpty();
  }

  @Test
  void aStoreThatDoesNotAnswerDoesNotMatter() {
    assertThat(new CapturedCli().run("rehearse", empty.resolve("none").toString())).isZero();
  }
}
