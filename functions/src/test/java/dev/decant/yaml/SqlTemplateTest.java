package dev.decant.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

final class SqlTemplateTest {
  private static final ScalarNode NODE =
      new ScalarNode(Tag.STR, true, "", ScalarStyle.PLAIN, Optional.empty(), Optional.empty());

  private final Problems problems = new Problems("p.yaml", FileKind.POLICY, 1000);

  private String fill(String sql, String value) {
    Parameters parameters = new Parameters(Set.of("P"), Map.of("P", value));
    return new SqlTemplate(parameters, new Scope(problems), NODE, "").fill(sql);
  }

  private List<String> messages() {
    return problems.sorted().stream().map(Problem::message).toList();
  }

  @Test
  void valueBecomesQuotedLiteral() {
    assertThat(fill("select ${P}", "it's")).isEqualTo("select  'it''s' ");
    assertThat(fill("x=${P};y=${P}", "a")).isEqualTo("x= 'a' ;y= 'a' ");
    assertThat(messages()).isEmpty();
  }

  @Test
  void backslashMakesAnEscapeString() {
    assertThat(fill("select ${P}", "a\\'; drop table t; --"))
        .isEqualTo("select  E'a\\\\''; drop table t; --' ");
  }

  @Test
  void letterBeforeTheParameterIsNoPrefixOfTheLiteral() {
    assertThat(fill("select e${P}", "a")).isEqualTo("select e 'a' ");
  }

  @Test
  void escapeGivesTheCharacters() {
    assertThat(fill("select '$${P}', $q$ $${P} $q$", "a")).isEqualTo("select '${P}', $q$ ${P} $q$");
    assertThat(messages()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select '${P}'",
        "select 'it''s ${P}'",
        "select E'it\\'s ${P}'",
        "select \"${P}\"",
        "select $$ ${P} $$",
        "select $tag$ $$ ${P} $tag$",
        "select 1 -- ${P}",
        "select 1 /* /* */ ${P} */",
        "select 'open ${P}",
        "select $$ open ${P}",
        "do $ü$ ${P} $ü$",
      })
  void parameterInsideQuotesOrCommentIsAProblem(String sql) {
    String filled = fill(sql, "value");
    assertThat(filled).doesNotContain("value");
    assertThat(messages())
        .containsExactly(
            "${P} stands inside quotes or a comment. Write it without quotes, because it becomes a"
                + " quoted literal, or write $${P} for the characters.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 'a' || ${P}",
        "select E'\\\\' || ${P}",
        "select '\\' || ${P}",
        "select $$a$$ || ${P}",
        "select a$b$c, ${P}",
        "-- it's\nselect ${P}",
        "/* ' */ select ${P}",
        "select \"a'\", ${P}",
        "select $1, ${P}",
      })
  void parameterAfterQuotesIsFilledIn(String sql) {
    assertThat(fill(sql, "value")).contains(" 'value' ");
    assertThat(messages()).isEmpty();
  }

  @Test
  void dollarQuotedJsonIsLeftAlone() {
    String sql = "select $${\"a\": 1}$$::json, '${', '${a-b}'";
    assertThat(fill(sql, "a")).isEqualTo(sql);
    assertThat(messages()).isEmpty();
  }

  @Test
  void undeclaredParameterIsAProblem() {
    assertThat(fill("select ${Q}", "a")).isEqualTo("select  '' ");
    assertThat(messages())
        .containsExactly(
            "The parameter Q is not declared. Write it into parameters, or write $${Q} for the"
                + " characters.");
  }

  @Test
  void largeStringsNeedNoDeepStack() {
    String sql = "select '" + "''".repeat(500_000) + "', E'" + "\\'".repeat(500_000) + "', ${P}";
    assertThat(fill(sql, "value")).endsWith(" 'value' ");
  }
}
