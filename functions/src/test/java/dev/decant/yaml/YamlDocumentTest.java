package dev.decant.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

final class YamlDocumentTest {
  @Test
  void commentsAndStylesOfValuesAreKept() {
    String text = "# the policy\nversion: 1\ntables:\n  a: 'x' # why\n";
    assertThat(YamlDocument.commented(YamlDocument.map(text, true))).contains(text);
  }

  @Test
  void aCommentBehindAnAliasMovesAboveItsLine() {
    String text =
        """
        a: &x {b: 1} # one
        c: *x   # two
        d:
        - *x # 3
        e: '*x # no'
        f: |
          *x # no
        g: *x # end\
        """;
    String changed = YamlDocument.commented(YamlDocument.map(text, true)).orElseThrow();
    assertThat(changed).contains("# two\nc: *x\n").contains("# 3").contains("# end\ng: *x");
    assertThat(YamlDocument.plain(YamlDocument.map(changed, true)))
        .isEqualTo(YamlDocument.plain(YamlDocument.map(text, false)));
  }

  @Test
  void theFormWithoutCommentsHoldsTheSameKeys() {
    assertThat(YamlDocument.plain(YamlDocument.map("# c\na: 1 # d\n", true))).isEqualTo("a: 1\n");
  }

  @Test
  void aMapInOneLineGetsLinesOfItsOwn() {
    MappingNode map = YamlDocument.map("tables: {a: 1} # why\n", true);
    MappingNode tables = YamlDocument.blockUnder(map, "tables");
    assertThat(((ScalarNode) Objects.requireNonNull(YamlDocument.value(tables, "a"))).getValue())
        .isEqualTo("1");
    assertThat(YamlDocument.plain(map)).isEqualTo("tables:\n  a: 1\n");
    assertThat(YamlDocument.commented(map).orElseThrow()).contains("# why");
  }

  @Test
  void aMissingOrEmptyMapIsAdded() {
    MappingNode map = YamlDocument.map("version: 1\ntables:\n", true);
    assertThat(YamlDocument.blockUnder(map, "tables").getValue()).isEmpty();
    assertThat(YamlDocument.blockUnder(map, "masks").getValue()).isEmpty();
    assertThat(YamlDocument.plain(map)).isEqualTo("version: 1\ntables: {}\nmasks: {}\n");
  }
}
