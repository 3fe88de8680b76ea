package dev.decant.dump;

import static dev.decant.error.ErrorCode.INPUT_CUT;
import static dev.decant.error.ErrorCode.INPUT_INVALID;
import static dev.decant.error.ErrorCode.INPUT_UNSUPPORTED;
import static dev.decant.error.ErrorCode.ROW_TOO_LARGE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.schema.TableName;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InsertRowsTest {
  private static final String FOOT = "\n--\n-- PostgreSQL database dump complete\n--\n\n";

  /** The heads of the blocks, each followed by its rows. */
  private static List<String> blocks(String statements) {
    return blocks(statements, 1 << 20, 1 << 16);
  }

  private static List<String> blocks(String statements, int window, int capacity) {
    List<String> found = new ArrayList<>();
    byte[] dump = (statements + FOOT).getBytes(UTF_8);
    try (DumpReader reader = new DumpReader(new ByteArrayInputStream(dump), 1 << 16, window)) {
      for (DumpPart part = reader.next(); !(part instanceof DumpPart.End); part = reader.next()) {
        if (part instanceof DumpPart.CopyStart copy) {
          List<Integer> positions = copy.positions();
          found.add(
              copy.line()
                  + " "
                  + new String(copy.text(), UTF_8)
                  + (positions == null ? "" : positions));
          rows(reader, capacity).lines().forEach(found::add);
        }
      }
    }
    return found;
  }

  private static String rows(DumpReader reader, int capacity) {
    StringBuilder rows = new StringBuilder();
    RowBatch batch = new RowBatch(capacity);
    while (reader.readRows(batch)) {
      rows.append(new String(batch.bytes(), 0, batch.length(), UTF_8));
    }
    return rows.toString();
  }

  private static String value(String sql) {
    List<String> found = blocks("INSERT INTO a.t VALUES (" + sql + ");");
    assertThat(found).hasSize(2);
    return found.getLast();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      textBlock =
          """
          NULL | \\N
          null::text | \\N
          'a' | a
          'it''s' | it's
          'a\\b' | a\\\\b
          '\\N' | \\\\N
          E'a\\tb\\n\\\\\\'\\101\\x42\\u00e9\\U0001F600\\q' | a\\tb\\n\\\\'ABé😀q
          E'\\ud83d\\ude00' | 😀
          U&'d\\0061t\\+000061\\\\' | data\\\\
          U&'d!0061' UESCAPE '!' | da
          u&'\\d83d\\de00' | 😀
          $$a'b\\c$$ | a'b\\\\c
          $x$a$$b$x$ | a$$b
          N'a ' | a
          B'101' | 101
          X'1f' | 00011111
          1 | 1
          -1 | -1
          - 1 | -1
          +1 | 1
          (1) | 1
          ((-1.50)) | -1.50
          007 | 7
          0 | 0
          .5 | 0.5
          5. | 5
          1e+20 | 1e+20
          -1.5E-3 | -1.5E-3
          true | t
          FALSE | f
          '5'::integer | 5
          5::bigint | 5
          '{1,2}'::integer[] | {1,2}
          '{1}'::int4[3] | {1}
          'x'::character varying | x
          'x'::"T"."e" | x
          '2020-01-01 00:00:00+00'::timestamp with time zone | 2020-01-01 00:00:00+00
          CAST('a' AS text) | a
          date '2020-01-01' | 2020-01-01
          timestamp without time zone '2020-01-01' | 2020-01-01
          jsonb '{"a": "b\\\\c"}' | {"a": "b\\\\\\\\c"}
          ARRAY[1,-2,NULL] | {1,-2,NULL}
          ARRAY['a','b c','','null','q"\\', 'x,y'] | {a,"b c","","null","q\\\\"\\\\\\\\","x,y"}
          ARRAY[[1,2],[3,4]] | {{1,2},{3,4}}
          ARRAY[ARRAY['a'],ARRAY['{']]::text[] | {{a},{"{"}}
          ARRAY[]::integer[] | {}
          ARRAY[true,false] | {t,f}
          ROW(1,NULL,'a b','','q"\\',true) | (1,,"a b","","q""\\\\\\\\",t)
          'a'/* comment */ | a
          """)
  void constantsBecomeCopyText(String sql, String text) {
    assertThat(value(sql)).isEqualTo(text);
  }

  @Test
  void aStringMayHaveSeveralPartsAndLines() {
    assertThat(value("'a'\n  'b''c'")).isEqualTo("ab'c");
    assertThat(value("E'a\\n'\n'\\tb'")).isEqualTo("a\\n\\tb");
    assertThat(value("'a\nb\tc'")).isEqualTo("a\\nb\\tc");
  }

  @Test
  void backslashesFollowStandardConformingStrings() {
    assertThat(
            blocks(
                """
                SET standard_conforming_strings = off;
                INSERT INTO a.t VALUES ('a\\nb\\\\', E'\\t', $$\\n$$);
                """))
        .containsExactly("2 COPY a.t  FROM stdin;[0, 1, 2]", "a\\nb\\\\\t\\t\t\\\\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "now()",
        "CURRENT_TIMESTAMP",
        "1 + 1",
        "'a' || 'b'",
        "'a' 'b'",
        "(SELECT 1)",
        "nextval('s')",
        "'a'::varchar(3)",
        "'a'::char",
        "'a'::name",
        "'a'::\"char\"",
        "'t'::regclass",
        "1.5::integer",
        "interval '1' year",
        "-'1'",
        "0x1F",
        "1_000",
        "1..2",
        "E'\\u12'",
        "E'\\ud800'",
        "U&'\\00'",
        "B'12'",
        "X'xy'",
        "t.a",
        "a",
        "ARRAY[now()]",
        "ARRAY(SELECT 1)",
        "(DEFAULT)",
        "ROW(DEFAULT)",
        ":'canary'",
        "$1"
      })
  void anExpressionIsAnErrorThatNamesLineTableAndColumnOnly(String sql) {
    assertThatThrownBy(
            () -> blocks("INSERT INTO a.t (x, y) VALUES\n(1, 'canary'),\n('canary', " + sql + ");"))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(INPUT_UNSUPPORTED))
        .hasMessageStartingWith("Line 3 of the dump: Row 2 of table a.t has ")
        .hasMessageContaining("for column y")
        .hasMessageNotContaining("canary");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO a.t SELECT 'canary';",
        "INSERT INTO a.t (x) SELECT 'canary';",
        "INSERT INTO a.t AS u VALUES ('canary');",
        "INSERT INTO a.t (x[1]) VALUES ('canary');",
        "INSERT INTO a.t OVERRIDING USER VALUE VALUES ('canary');",
        "INSERT INTO a.t VALUES ('canary') ON CONFLICT (x) DO UPDATE SET x = 'canary';",
        "INSERT INTO a.t VALUES ('canary') RETURNING x;",
        "INSERT INTO a.t VALUES ('canary') UNION SELECT 1;",
        "INSERT INTO a.t VALUES ROW('canary');",
        "INSERT INTO a.t (x) VALUES (DEFAULT);",
      })
  void anotherFormIsRefused(String statement) {
    assertRefused(INPUT_UNSUPPORTED, statement);
  }

  @Test
  void aRowWithAnotherNumberOfValuesThanColumnsIsRefused() {
    assertRefused(INPUT_INVALID, "INSERT INTO a.t (x, y) VALUES ('canary');");
    assertRefused(INPUT_INVALID, "INSERT INTO a.t (x) VALUES ('canary', 1);");
  }

  private static void assertRefused(ErrorCode code, String statement) {
    assertThatThrownBy(() -> blocks(statement))
        .isInstanceOfSatisfying(DecantException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageStartingWith("Line 1 of the dump: ")
        .hasMessageNotContaining("canary");
  }

  @Test
  void aCutStatementIsIncomplete() {
    String whole = "INSERT INTO a.t VALUES (1, 'canary'), (2, 'b');";
    for (int length = "INSERT INTO a.t V".length(); length < whole.length(); length++) {
      byte[] dump = whole.substring(0, length).getBytes(UTF_8);
      assertThatThrownBy(
              () -> {
                try (DumpReader reader = new DumpReader(new ByteArrayInputStream(dump))) {
                  reader.next();
                  reader.skipRows();
                  reader.next();
                }
              })
          .as(whole.substring(0, length))
          .isInstanceOfSatisfying(
              DecantException.class, e -> assertThat(e.code()).isEqualTo(INPUT_CUT));
    }
  }

  @Test
  void consecutiveStatementsWithTheSameHeadAreOneBlock() {
    assertThat(
            blocks(
                """
                INSERT INTO a.t (id, "N") VALUES (1, 'a');
                INSERT INTO a.t (id, "N") VALUES (2, 'b'), -- a comment
                  (3, 'c') ON CONFLICT DO NOTHING;
                -- another
                INSERT INTO a.t (id, "N") OVERRIDING SYSTEM VALUE VALUES (4, 'd');
                INSERT INTO a.u VALUES (5);
                INSERT INTO a.t (id, "N") VALUES (6, 'e');
                """))
        .containsExactly(
            "1 COPY a.t (id, \"N\") FROM stdin;",
            "1\ta",
            "2\tb",
            "3\tc",
            "5 COPY a.t (id, \"N\") FROM stdin;",
            "4\td",
            "6 COPY a.u  FROM stdin;[0]",
            "5",
            "7 COPY a.t (id, \"N\") FROM stdin;",
            "6\te");
  }

  @Test
  void defaultsAreLeftOutOfTheColumnsAndOtherDefaultsBeginABlock() {
    assertThat(
            blocks(
                """
                INSERT INTO a.t (id, n, x) VALUES (1, DEFAULT, 'a'),
                  (2, DEFAULT, 'b'),
                  (3, 4, DEFAULT);
                INSERT INTO a.t (id, n, x) VALUES (4, 5, 'c');
                INSERT INTO a.u VALUES (DEFAULT, 1, DEFAULT);
                INSERT INTO a.e DEFAULT VALUES;
                INSERT INTO a.e DEFAULT VALUES;
                """))
        .containsExactly(
            "1 COPY a.t (id, x) FROM stdin;",
            "1\ta",
            "2\tb",
            "3 COPY a.t (id, n) FROM stdin;",
            "3\t4",
            "4 COPY a.t (id, n, x) FROM stdin;",
            "4\t5\tc",
            "5 COPY a.u  FROM stdin;[1]",
            "1",
            "6 COPY a.e  FROM stdin;[]",
            "",
            "");
  }

  @Test
  void wordsMayBeInAnyCaseAndNamesWithoutASchemaAreInPublic() {
    assertThat(blocks("insert\ninto \"My T\"(a)values(1)\n;\nInsert Into x.Y (B) Values (2);"))
        .containsExactly(
            "1 COPY public.\"My T\" (a) FROM stdin;", "1", "4 COPY x.y (b) FROM stdin;", "2");
  }

  @Test
  void neitherWindowNorBatchChangesTheRows() {
    StringBuilder statements = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      statements.append("INSERT INTO a.t (x, y) VALUES ");
      for (int j = 0; j < 1 + i % 4; j++) {
        statements
            .append(j == 0 ? "" : ",\n\t")
            .append("(" + i + ", E'a\\\\''" + "é".repeat(i * 3) + "')");
      }
      statements.append(i % 3 == 0 ? " ON CONFLICT DO NOTHING;\n" : ";\n");
    }
    List<String> expected = blocks(statements.toString());
    assertThat(expected).hasSize(101);
    for (int window = 1; window < 90; window += window < 8 ? 1 : 9) {
      for (int capacity : new int[] {1, 7, 40, 4096}) {
        assertThat(blocks(statements.toString(), window, capacity)).isEqualTo(expected);
      }
    }
  }

  @Test
  void theMemoryOfAStatementOfManyRowsIsThatOfOneRow() {
    String row = "('" + "x".repeat(100) + "')";
    String statement = "INSERT INTO a.t VALUES " + (row + ",\n").repeat(5000) + row + ";";
    assertThat(statement.length()).isGreaterThan(1 << 16);
    assertThat(blocks(statement, 1024, 1024)).hasSize(5002);
    assertThatThrownBy(() -> blocks("INSERT INTO a.t VALUES ('" + "x".repeat(1 << 18) + "');"))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ROW_TOO_LARGE))
        .hasMessageContaining("Row 1 of table a.t is larger than 65536 bytes");
  }

  @Test
  void aReaderOfSchemasSkipsWhatItCannotRead() {
    String file =
        """
        INSERT INTO a.t SELECT 1;
        INSERT INTO a.t VALUES (1), (now()), ((SELECT 1)), (2);
        CREATE TABLE a.u (x integer);
        """;
    List<String> parts = new ArrayList<>();
    try (DumpReader reader =
        DumpReader.ofSchema(new ByteArrayInputStream(file.getBytes(UTF_8)), null, null, null)) {
      for (DumpPart part = reader.next(); !(part instanceof DumpPart.End); part = reader.next()) {
        parts.add(part.line() + part.getClass().getSimpleName());
        if (part instanceof DumpPart.CopyStart) {
          parts.add(rows(reader, 100));
        }
      }
    }
    assertThat(parts).containsExactly("2CopyStart", "1\n\\N\n", "3Statement");
  }

  /**
   * The two files are dumps of the same database, but the one with --inserts has only one table.
   */
  @ParameterizedTest
  @ValueSource(strings = {"kitchen-server15-dump15", "kitchen-server18-dump18"})
  void theRowsOfADumpWithInsertsAreThoseOfTheDumpWithCopy(String name) {
    Map<TableName, String> copied = rowsByTable(Fixtures.bytes(name));
    Map<TableName, String> inserted = rowsByTable(Fixtures.bytes(name + "-inserts"));
    assertThat(inserted).containsOnlyKeys(new TableName("app", "users"));
    inserted.forEach(
        (table, rows) -> assertThat(rows).as("%s", table).isEqualTo(copied.get(table)));
  }

  private static Map<TableName, String> rowsByTable(byte[] dump) {
    Map<TableName, String> found = new LinkedHashMap<>();
    try (DumpReader reader = new DumpReader(new ByteArrayInputStream(dump))) {
      for (DumpPart part = reader.next(); !(part instanceof DumpPart.End); part = reader.next()) {
        if (part instanceof DumpPart.CopyStart copy) {
          found.merge(copy.table(), rows(reader, 1 << 16), String::concat);
        }
      }
    }
    return found;
  }
}
