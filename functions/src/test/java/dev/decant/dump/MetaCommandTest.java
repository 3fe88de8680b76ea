package dev.decant.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

final class MetaCommandTest {
  private static String database(String line) {
    return Objects.requireNonNull(MetaCommand.parse(line)).argument();
  }

  @Test
  void connectNamesADatabaseInThreeWays() {
    assertThat(database("\\connect shop")).isEqualTo("shop");
    assertThat(database("\\connect \"a \"\"b\"\"\"")).isEqualTo("a \"b\"");
    assertThat(database("\\connect -reuse-previous=on \"dbname='a \\\\ \\' b'\""))
        .isEqualTo("a \\ ' b");
  }

  @Test
  void aNameOfMegabytesDoesNotOverflowTheStack() {
    String name = "a".repeat(3_000_000);
    assertThat(database("\\connect \"" + name + "\"")).isEqualTo(name);
    assertThat(database("\\connect -reuse-previous=on \"dbname='" + name + "'\"")).isEqualTo(name);
    String quotes = "\"\"".repeat(1_000_000);
    assertThat(database("\\connect \"" + quotes + "\"")).hasSize(1_000_000);
  }
}
