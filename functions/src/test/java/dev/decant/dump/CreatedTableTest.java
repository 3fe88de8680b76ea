package dev.decant.dump;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.dump.DumpPart.Statement;
import dev.decant.schema.TableName;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CreatedTableTest {
  @Test
  void theColumnsAreNamedWithTheirLines() {
    CreatedTable table =
        read(
            """
            CREATE TABLE IF NOT EXISTS app."Order" (
                id bigint NOT NULL, -- the key, (not a column)
                "Total" numeric(12,2) DEFAULT round((1.5), 1),

                place public.geometry(Point,4326),
                kind text CHECK (kind IN ('a', 'b')),
                doubled numeric GENERATED ALWAYS AS ("Total" * 2) STORED,
                number bigint GENERATED ALWAYS AS IDENTITY (START WITH 1),
                "check" text,
                CONSTRAINT x CHECK (id > 0),
                LIKE app.base INCLUDING ALL,
                PRIMARY KEY (id)
            );\
            """);
    assertThat(table.name()).isEqualTo(new TableName("app", "Order"));
    assertThat(table.line()).isEqualTo(7);
    assertThat(table.columns())
        .containsExactly(
            Map.entry("id", 8L),
            Map.entry("Total", 9L),
            Map.entry("place", 11L),
            Map.entry("kind", 12L),
            Map.entry("number", 14L),
            Map.entry("check", 15L));
  }

  @Test
  void aPartitionHasNoColumnsOfItsOwn() {
    CreatedTable table =
        read("CREATE UNLOGGED TABLE p PARTITION OF app.t (CHECK (a > 1)) FOR VALUES IN (1);");
    assertThat(table.name()).isEqualTo(new TableName("public", "p"));
    assertThat(table.columns()).isEmpty();
  }

  private static CreatedTable read(String sql) {
    return CreatedTable.of(
            new Statement(7, StatementKind.TABLE, sql.getBytes(UTF_8), "t", new byte[0]))
        .orElseThrow();
  }
}
