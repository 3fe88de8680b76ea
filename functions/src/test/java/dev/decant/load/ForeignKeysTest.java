package dev.decant.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.dump.DumpPart;
import dev.decant.dump.DumpReader;
import dev.decant.schema.TableName;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ForeignKeysTest {
  private static final TableName CHILD = new TableName("a", "child");
  private static final String KEYS =
      """
      ALTER TABLE ONLY a.child ADD CONSTRAINT one FOREIGN KEY (x) REFERENCES a.parent(id);
      ALTER TABLE ONLY a.child ADD CONSTRAINT two FOREIGN KEY (y) REFERENCES a.partitioned(id);
      CREATE INDEX child_x ON a.child USING btree (x);
      """;

  private static List<DumpPart.Statement> statements() {
    try (DumpReader reader = new DumpReader(new ByteArrayInputStream(KEYS.getBytes(UTF_8)))) {
      return Stream.generate(reader::next).limit(3).map(DumpPart.Statement.class::cast).toList();
    }
  }

  private static DdlStatement whole(DumpPart.Statement key) {
    return new DdlStatement(key.line(), key.object(), "whole");
  }

  @Test
  void keyBetweenPlainTablesIsAddedFirstAndThenValidated() {
    ForeignKeys keys =
        ForeignKeys.of(
            statements(), table -> !table.name().equals("partitioned"), ForeignKeysTest::whole);

    assertThat(keys.first())
        .singleElement()
        .extracting(DdlStatement::sql)
        .asString()
        .contains("CONSTRAINT one", "NOT VALID");
    assertThat(keys.then())
        .extracting(DdlStatement::sql)
        .containsExactly("ALTER TABLE ONLY \"a\".\"child\" VALIDATE CONSTRAINT one", "whole");
  }

  @Test
  void validationHasItsTableAlone() {
    ForeignKeys keys = ForeignKeys.of(statements(), table -> true, ForeignKeysTest::whole);

    assertThat(keys.then())
        .hasSize(2)
        .allSatisfy(statement -> assertThat(statement.alone()).isEqualTo(Set.of(CHILD)));
  }

  @Test
  void keysAreNotAddedTwiceIfNoTableIsPlain() {
    ForeignKeys keys = ForeignKeys.of(statements(), table -> false, ForeignKeysTest::whole);

    assertThat(keys.first()).isEmpty();
    assertThat(keys.then()).extracting(DdlStatement::sql).containsExactly("whole", "whole");
  }
}
