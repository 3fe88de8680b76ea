package dev.decant.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class QuotingTest {
  @Test
  void namesAreQuotedAndTheirQuotesDoubled() {
    assertThat(Quoting.identifier("user")).isEqualTo("\"user\"");
    assertThat(Quoting.identifier("a\"b")).isEqualTo("\"a\"\"b\"");
    assertThat(Quoting.identifiers(List.of("a", "B c"))).isEqualTo("\"a\", \"B c\"");
  }

  @Test
  void onlyNamesThatNeedQuotesGetThem() {
    assertThat(Quoting.identifierIfNeeded("order_1$")).isEqualTo("order_1$");
    assertThat(Quoting.identifierIfNeeded("Order")).isEqualTo("\"Order\"");
    assertThat(Quoting.identifierIfNeeded("1a")).isEqualTo("\"1a\"");
    assertThat(Quoting.identifierIfNeeded("")).isEqualTo("\"\"");
  }

  @Test
  void literalsDoNotDependOnTheServersSettings() {
    assertThat(Quoting.literal("it's")).isEqualTo("'it''s'");
    assertThat(Quoting.literal("a\\'b")).isEqualTo(" E'a\\\\''b'");
  }

  @Test
  void prefixOfAPatternMatchesItselfOnly() {
    assertThat(Quoting.likePrefix("a_b%")).isEqualTo(" E'a\\\\_b\\\\%%'");
    assertThat(Quoting.likePrefix("abc")).isEqualTo("'abc%'");
  }
}
