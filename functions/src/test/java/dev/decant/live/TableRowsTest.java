package dev.decant.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.schema.TableName;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TableRowsTest {
  private static final TableName NAME = new TableName("app", "or der");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "COPY app.users (id, name) FROM stdin;|id, name",
        "COPY app.\"a (b) FROM stdin;\" (id) FROM stdin;|id",
        "COPY \"a \"\" b\".c (\"x) FROM stdin;\", y) FROM stdin;|\"x) FROM stdin;\", y",
        "COPY app.nothing  FROM stdin;|``"
      })
  void columnsAreThoseOfTheStatement(String copy, String columns) {
    assertThat(TableRows.columns(copy + '\n')).isEqualTo(columns);
  }

  @Test
  void anotherFormIsRefused() {
    assertThatThrownBy(() -> TableRows.columns("INSERT INTO t VALUES (1);"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> TableRows.columns("")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void smallTableIsOneCopy() {
    assertThat(copies(new TableRows(new LiveTable(NAME, 8192, 128, null, ""), "id")))
        .containsExactly("COPY \"app\".\"or der\" (id) TO STDOUT");
    assertThat(copies(new TableRows(new LiveTable(NAME, 8192, 0, null, ""), "")))
        .containsExactly("COPY \"app\".\"or der\" TO STDOUT");
  }

  @Test
  void partsOfALargeTableMeetAndTheLastOneIsOpen() {
    TableRows rows = new TableRows(new LiveTable(NAME, 1001, 300, null, ""), "id, \"N\"");
    String select = "COPY (SELECT id, \"N\" FROM ONLY \"app\".\"or der\" WHERE ctid ";
    assertThat(copies(rows))
        .containsExactly(
            select + "< '(128,0)') TO STDOUT",
            select + ">= '(128,0)' AND ctid < '(256,0)') TO STDOUT",
            select + ">= '(256,0)') TO STDOUT");
    assertThat(LongStream.range(0, rows.parts()).map(rows::bytes))
        .containsExactly(333L, 333L, 335L);
  }

  @Test
  void rowsOfAnExtensionAreThoseOfItsCondition() {
    assertThat(copies(new TableRows(new LiveTable(NAME, 1, 0, "WHERE NOT preset", ""), "id")))
        .containsExactly(
            "COPY (SELECT id FROM ONLY \"app\".\"or der\" WHERE NOT preset) TO STDOUT");
  }

  private static List<String> copies(TableRows rows) {
    return LongStream.range(0, rows.parts()).mapToObj(rows::copy).toList();
  }
}
