package dev.decant.mask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RegularExpressionTest {
  private static final byte[] LONG = "foo".repeat(700_000).getBytes(UTF_8);
  private static final Duration MOST = Duration.ofSeconds(20);

  private static boolean found(String expression, String value) {
    byte[] bytes = ("é" + value + "é").getBytes(UTF_8);
    return new RegularExpression(expression).foundIn(bytes, 2, bytes.length - 2);
  }

  @Test
  void isFoundAnywhereUnlessItIsAnchored() {
    assertThat(found("b+", "abbc")).isTrue();
    assertThat(found("^b", "abbc")).isFalse();
    assertThat(found("^a.*c$", "abbc")).isTrue();
    assertThat(found("^.$", "😀")).isTrue();
    assertThat(found("(?i)ÄRZTIN", "die Ärztin")).isTrue();
    assertThat(found(RegularExpression.quoted("5.5"), "505")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%foo%bar%baz%", "%foo%foo%foo%x", "%_o_f%_x", "%%%%%%%%z"})
  void likeOnALongValueEnds(String pattern) {
    Assertions.assertTimeoutPreemptively(
        MOST,
        () -> {
          assertThat(new LikePattern(pattern, false).matches(LONG, 0, LONG.length)).isFalse();
          assertThat(new LikePattern(pattern, true).matches(LONG, 0, LONG.length)).isFalse();
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"^(f|o)*x", "(o*)*x", "(.*)(.*)(.*)x", "^(?:foo|o)+?x", "o{10,500}x"})
  void aLongValueNeitherStallsNorOverflows(String expression) {
    Assertions.assertTimeoutPreemptively(
        MOST,
        () ->
            assertThat(new RegularExpression(expression).foundIn(LONG, 0, LONG.length)).isFalse());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {"a(?=b) 2", "a(?!b) 2", "(?<=a)b 1", "(a)\\1 4", "a*+ 2", "(?>a) 1", "a(\\k<n>) 3"})
  void whatRe2LacksIsAProblemThatNamesThePlace(String expression, int place) {
    assertThat(RegularExpression.problem(expression))
        .contains(
            "Write it without look-around, back-references, possessive quantifiers and atomic"
                + " groups")
        .contains("begins at character " + place + ")")
        .doesNotContain(expression);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "a)", "[a", "*a", "a\\", "x{2000}"})
  void brokenExpressionsAreAProblem(String expression) {
    assertThat(RegularExpression.problem(expression))
        .startsWith("This is not a regular expression");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "((a{100}){100}){100}",
        "((((a{1000}){1000}){1000}){1000})",
        "\\Q[\\E((a{1000}){1000}){1000}",
        "[]((](b{200}){200}",
        "[[:alpha:][]((a{1000}){1000}){1000}",
        "((a{0,1000}){1000,})"
      })
  void repetitionsThatMultiplyAreAProblem(String expression) {
    assertThat(RegularExpression.problem(expression)).contains("more than 10000 parts");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
        "^\\p{L}{1,40}$",
        "\\x{10FFFF}|[[:alpha:]]{3}",
        "(?i)\\bprod\\b",
        "x{1000}",
        "\\Q(((\\E"
      })
  void usualExpressionsAreFine(String expression) {
    assertThat(RegularExpression.problem(expression)).isNull();
  }
}
