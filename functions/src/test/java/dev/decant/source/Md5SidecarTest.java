package dev.decant.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Md5SidecarTest {
  private static final String MD5 = "d41d8cd98f00b204e9800998ecf8427e";

  private static String parse(String content) {
    return Md5Sidecar.parse(content.getBytes(UTF_8), "dump.sql", "dump.sql.md5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        MD5 + "  dump.sql\n",
        MD5 + " *dump.sql\n",
        MD5 + "  /backup/dump.sql\r\n",
        MD5 + "  another-name-it-had.sql\n",
        MD5 + "\n",
        MD5,
        "D41D8CD98F00B204E9800998ECF8427E  dump.sql\n\n",
        "\\" + MD5 + "  dump\\nx.sql\n",
        "00000000000000000000000000000000  other\n" + MD5 + "  dump.sql\n",
      })
  void md5sumsFormatIsRead(String content) {
    assertThat(parse(content)).isEqualTo(MD5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "d41d8cd9",
        MD5 + "0  dump.sql",
        "00000000000000000000000000000000  a\n" + MD5 + "  b\n",
        "<html>not found</html>"
      })
  void anythingElseIsAnError(String content) {
    assertThatThrownBy(() -> parse(content))
        .hasMessage(
            "dump.sql.md5 states no MD5 of dump.sql in the format of md5sum (32 hex digits, two"
                + " spaces, the name). Write it again with md5sum, or remove it.");
  }

  @Test
  void messageDoesNotRepeatTheContent() {
    assertThatThrownBy(() -> parse("alice@example.com")).message().doesNotContain("alice");
  }
}
