package dev.decant.dump;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rows whose statement names a table without its schema belong to the table to which psql would add
 * them. Otherwise the rules of another table would mask them.
 */
final class SearchPathTest {
  private static final String TABLES =
      "CREATE TABLE a.t (x text); CREATE TABLE b.t (x text); CREATE TABLE public.t (x text);\n";

  private static List<String> tables(String file, @Nullable String database) {
    return tables(
        new DumpReader(
            new ByteArrayInputStream(file.getBytes(UTF_8)),
            null,
            new ReadOptions(database, null, null)));
  }

  private static List<String> tables(DumpReader opened) {
    List<String> tables = new ArrayList<>();
    try (DumpReader reader = opened) {
      for (DumpPart part = reader.next(); !(part instanceof DumpPart.End); part = reader.next()) {
        if (part instanceof DumpPart.CopyStart copy) {
          tables.add(copy.table().toString());
          var _ = reader.skipRows();
        }
      }
    }
    return tables;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          SET search_path = E'b', a; | b.t
          SET SESSION search_path TO $$b$$, a; | b.t
          SET "search_path" = b; | b.t
          SET search_path = 'b', "a"; | b.t
          SET search_path = ''; SET search_path = DEFAULT; | public.t
          SELECT set_config('search_path', E'b, \\x61', false); | b.t
          SET search_path = b; RESET ALL; | public.t
          SET search_path = b; DISCARD ALL; | public.t
          SET search_path = b; DISCARD PLANS; | b.t
          SET search_path = b; SET standard_conforming_strings = off; RESET ALL; INSERT INTO a.t VALUES ('\\'); | a.t,public.t
          SET search_path = n, a; ALTER TABLE a.t SET SCHEMA n; | n.t
          SET search_path = a, b; ALTER TABLE t RENAME TO u; | b.t
          SET search_path = ''; ALTER TABLE a.t RENAME TO u; SET search_path = a, b; | b.t
          """)
  void rowsBelongToTheTableOfPsql(String statements, String expected) {
    assertThat(tables(TABLES + statements + "\nINSERT INTO t VALUES ('v');\n", null))
        .containsExactly(expected.split(","));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT set_config('search_path', 'b', true);",
        "SELECT set_config('search_path', 'b; a', false);",
        "SELECT set_config('search_path', 'b a', false);",
        "SET search_path = 5, a;",
        "SET search_path = b a;"
      })
  void anotherFormIsRefused(String statement) {
    assertThatThrownBy(() -> tables(TABLES + statement + "\nINSERT INTO t VALUES ('v');\n", null))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT_UNSUPPORTED))
        .hasMessageContaining("search_path");
  }

  @Test
  void relationsOfAnotherDatabaseHaveNoMeaning() {
    String file =
        """
        \\connect one
        CREATE TABLE a.t (x text);
        \\connect two
        CREATE TABLE public.t (x text);
        SET search_path = a, public;
        INSERT INTO t VALUES ('v');
        """;
    assertThat(tables(file, "two")).containsExactly("public.t");
  }

  @Test
  void aFileOfRowsHasItsOwnSession() {
    String schema =
        TABLES
            + "SET search_path = b;\nSET standard_conforming_strings = off;\n"
            + "SET client_encoding = 'LATIN1';\n";
    String rows = "INSERT INTO t VALUES ('\\'), ('é');\n\\echo\nINSERT INTO t VALUES ('é');\n";
    DumpReader reader =
        new DumpReader(
            new ByteArrayInputStream(rows.getBytes(UTF_8)),
            new ByteArrayInputStream(schema.getBytes(UTF_8)),
            ReadOptions.NONE);
    assertThat(tables(reader)).containsExactly("public.t", "public.t");
  }
}
