package dev.decant.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The text that a terminal may get. */
final class PrintableTest {
  @Test
  void whatControlsATerminalIsWrittenOut() {
    assertThat(Printable.of("a\033[31mb\r\b\0\u007f\u009b2J\u202ec\u2066\u2028"))
        .isEqualTo("a\\u001b[31mb\\u000d\\u0008\\u0000\\u007f\\u009b2J\\u202ec\\u2066\\u2028");
  }

  @Test
  void textStaysAsItIs() {
    String text = "Ä€漢字🙂 a\tb\nc\\n";

    assertThat(Printable.of(text)).isEqualTo(text);
    assertThat(Printable.line("a\tb\nc")).isEqualTo("a\\tb\\nc");
  }
}
