package dev.decant.sanitize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions in INSERT statements are computed, and their values are masked like others. */
class ExpressionsIT {
  private static final String TABLE =
      """
      CREATE TABLE public.t (
          id integer NOT NULL, text text, number integer, list text[], at timestamp with time zone);
      """;
  private static final String POLICY =
      "version: 1\ntables:\n  public.t: { keep: [id, text, number, list, at] }\n";

  @TempDir Path folder;
  private SmallDump dump = new SmallDump(Path.of(""));

  @BeforeEach
  void inItsFolder() {
    dump = new SmallDump(folder);
  }

  private List<String> values(String column, String... expressions) {
    StringBuilder rows = new StringBuilder();
    for (String expression : expressions) {
      rows.append("INSERT INTO public.t (id, ").append(column).append(") VALUES (1, ");
      rows.append(expression).append(");\n");
    }
    dump = new SmallDump(folder);
    dump.run(TABLE + rows, POLICY);
    return dump.rows("public.t").stream().map(row -> row.substring(2)).toList();
  }

  @Test
  void expressionsHaveTheValueThatTheServerGivesThem() {
    assertThat(
            values(
                "text",
                "'a' || 'b,' || E'\\t)'",
                "upper('x') /* ( */ -- comment )\n",
                "NULLIF('a', 'a')",
                "CASE WHEN 1 < 2 THEN 'less' ELSE 'more' END",
                "repeat('ab', 2)",
                "'abc'::varchar(2)",
                "concat('a', NULL, 1)",
                "('a' || 'b')::character varying(1)",
                "coalesce(NULL, 'it''s')",
                "to_char(date '2020-02-03', 'DD.MM.YYYY')",
                "extract(year from date '2020-02-03')",
                "md5('a')",
                "E'\\\\' || $$x$$",
                "'{\"a\": 1}'::jsonb ->> 'a'",
                "timestamp with time zone '2020-01-01 00:00:00+00' + interval '1 day'",
                "(1, 'b' || 'c')"))
        .containsExactly(
            "ab,\\t)",
            "X",
            "\\N",
            "less",
            "abab",
            "ab",
            "a1",
            "a",
            "it's",
            "03.02.2020",
            "2020",
            "0cc175b9c0f1b6a831c399e269772661",
            "\\\\x",
            "1",
            "2020-01-02 00:00:00+00",
            "(1,bc)");
  }

  @Test
  void expressionsFitTheirColumns() {
    assertThat(values("number", "1 + 1", "7 / 2.0", "- (3)", "'5'::numeric * 1.1"))
        .containsExactly("2", "4", "-3", "6");
    assertThat(values("list", "ARRAY['a', 'b' || 'c']", "string_to_array('x,y', ',')"))
        .containsExactly("{a,bc}", "{x,y}");
    assertThat(values("at", "now() - interval '1 day'", "CURRENT_DATE + 1", "clock_timestamp()"))
        .hasSize(3)
        .allMatch(value -> value.matches("now|\\d{4}-\\d\\d-\\d\\d.*"));
  }

  @Test
  void backslashesFollowStandardConformingStrings() {
    dump.run(
        "SET standard_conforming_strings = off;\n"
            + TABLE
            + "INSERT INTO public.t (id, text) VALUES (1, 'a\\tb\\')' || '');\n",
        POLICY);
    assertThat(dump.rows("public.t")).containsExactly("1\ta\\tb')");
  }

  @Test
  void theValueOfAnExpressionIsMasked() {
    String policy =
        "version: 1\ntables:\n  public.t: { keep: [id, number, list, at], columns: { text: email }"
            + " }\n";
    dump.run(
        TABLE
            + "INSERT INTO public.t (id, text) VALUES (1, 'canary' || '@example.com'), (2,"
            + " 'canary@example.com');\n",
        policy);
    List<String> rows = dump.rows("public.t").stream().map(row -> row.substring(2)).toList();
    assertThat(rows).hasSize(2).doesNotHaveToString("canary");
    assertThat(rows.getFirst()).isEqualTo(rows.getLast()).contains("@");
    assertThat(dump.text()).doesNotContain("canary");
  }

  @Test
  void randomUuidsAreTheSameInEachRun() {
    String[] calls = {
      "gen_random_uuid()",
      "uuid_generate_v4()",
      "public.uuid_generate_v1 ( )",
      "gen_random_uuid()::text || gen_random_uuid()"
    };
    List<String> first = values("text", calls);
    String uuid = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}";
    assertThat(first).doesNotHaveDuplicates().allMatch(value -> value.matches("(" + uuid + ")+"));
    assertThat(first.getLast()).hasSize(72);
    assertThat(first.getLast().substring(36)).isNotEqualTo(first.getLast().substring(0, 36));
    assertThat(values("text", calls)).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id serial NOT NULL",
        "id integer DEFAULT nextval('public.t_id_seq'::regclass) NOT NULL",
        "id integer GENERATED BY DEFAULT AS IDENTITY"
      })
  void theNextNumberOfTheColumnsOwnSequenceIsItsDefault(String column) {
    String sequence = column.contains("nextval") ? "CREATE SEQUENCE public.t_id_seq;\n" : "";
    dump.run(
        sequence
            + "CREATE TABLE public.t ("
            + column
            + ", text text);\n"
            + "INSERT INTO public.t VALUES (nextval('t_id_seq'), 'a');\n"
            + "INSERT INTO public.t VALUES (nextval('public.t_id_seq'::regclass), 'b');\n",
        "version: 1\ntables:\n  public.t: { keep: [id, text] }\n");
    assertThat(dump.rows("public.t")).containsExactly("a", "b");
  }

  @Test
  void aValueThatIsMuchLongerThanItsExpressionIsRefused() {
    assertThatThrownBy(() -> values("text", "repeat('canary', 10000000)"))
        .hasMessageContaining(
            "has an expression whose value is larger than 16 MiB for column text");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          (SELECT max(id) FROM public.t) | a subquery, which could only read masked rows,
          random() | a call of a function that PostgreSQL does not have
          pg_sleep(10)::text | a call of a function that PostgreSQL does not have
          "pg_read_file"('/etc/passwd') | a call of a function that PostgreSQL does not have
          nextval('other') | a call of a function that PostgreSQL does not have
          public.secret('canary') | a call of a function of the dump or of an extension
          current_user | the name of a user or a database
          current_database() | a call of a function that PostgreSQL does not have
          concat('canary')::bigint | an expression that PostgreSQL cannot compute by itself (SQLSTATE 22P02)
          canary + 1 | an expression that PostgreSQL cannot compute by itself (SQLSTATE 42703)
          lower('x')::public.mood | an expression that PostgreSQL cannot compute by itself (SQLSTATE 42704)
          """)
  void otherExpressionsAreRefusedWithTheReason(String expression, String reason) {
    assertThatThrownBy(() -> values("number", expression))
        .hasMessageStartingWith("Line ")
        .hasMessageContaining("Row 1 of table public.t has " + reason)
        .hasMessageContaining(" for column number. decant reads the rows of INSERT statements")
        .hasMessageNotContaining("canary")
        .extracting(e -> ((DecantException) e).code())
        .isEqualTo(ErrorCode.INPUT_UNSUPPORTED);
  }
}
