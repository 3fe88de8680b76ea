package dev.decant.sanitize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.Manifest;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules apply to the right field of every row, in every form of the COPY statement. */
class CopyColumnsIT {
  private static final String USERS =
      "CREATE TABLE public.users (id integer NOT NULL, email text);\n\n";
  private static final String POLICY =
      "version: 1\ntables:\n  public.users: { keep: [id], columns: { email: email } }\n";
  private static final String KEPT = "version: 1\ntables:\n  public.users: { keep: [id, email] }\n";

  @TempDir Path folder;
  private SmallDump dump = new SmallDump(Path.of(""));

  @BeforeEach
  void inItsFolder() {
    dump = new SmallDump(folder);
  }

  @Test
  void noColumnListMeansAllColumns() {
    dump.run(USERS + "COPY public.users FROM stdin;\n1\tmax@example.com\n\\.\n", POLICY);
    assertThat(dump.text()).doesNotContain("max@example.com");
    assertThat(dump.rows("public.users")).singleElement().asString().startsWith("1\t");
    assertThat(dump.manifest().tables().getFirst().columns())
        .extracting(Manifest.Column::name)
        .containsExactly("id", "email");
  }

  @Test
  void generatedColumnsAreNotAmongThem() {
    dump.run(
        """
        CREATE TABLE public.users (
            twice integer GENERATED ALWAYS AS ((id * 2)) STORED, id integer, email text);
        COPY public.users FROM stdin;
        1\tmax@example.com
        \\.
        """,
        POLICY);
    assertThat(dump.text()).doesNotContain("max@example.com");
    assertThat(dump.rows("public.users")).singleElement().asString().startsWith("1\t");
  }

  @ParameterizedTest
  @ValueSource(strings = {"public.users", "public.users (id, email)", "public.users (email, id)"})
  void aRowWithAnotherNumberOfFieldsIsRefused(String head) {
    for (String row : new String[] {"1\tmax@example.com\tmore", "1"}) {
      for (String yaml : new String[] {POLICY, KEPT}) {
        assertThatThrownBy(
                () -> dump.run(USERS + "COPY " + head + " FROM stdin;\n" + row + "\n\\.\n", yaml))
            .isInstanceOfSatisfying(
                DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ROW_INVALID))
            .hasMessageContaining("Row 1 of table public.users")
            .hasMessageNotContaining("max@");
        assertThat(dump.store.list("")).isEmpty();
      }
    }
  }

  @Test
  void aTableWithoutColumnsHasItsRows() {
    String empty = "CREATE TABLE public.users (\n);\n\n";
    String yaml = "version: 1\ntables:\n  public.users: { keep: [] }\n";
    dump.run(empty + "COPY public.users  FROM stdin;\n\n\n\\.\n", yaml);
    assertThat(dump.manifest().rowsOut()).isEqualTo(2);
    assertThat(dump.rows("public.users")).containsExactly("", "");
    SmallDump other = new SmallDump(folder);
    assertThatThrownBy(
            () -> other.run(empty + "COPY public.users  FROM stdin;\n\nsecret\n\\.\n", yaml))
        .hasMessageContaining("Row 2 of table public.users")
        .hasMessageNotContaining("secret");
  }

  @Test
  void anEmptyColumnListIsNoSql() {
    assertThatThrownBy(
            () -> dump.run(USERS + "COPY public.users () FROM stdin;\n1\tmax\n\\.\n", POLICY))
        .isInstanceOfSatisfying(
            DecantException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT_UNSUPPORTED));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '`',
      value = {
        "WITH DELIMITER '|' NULL '' ! 1|max@example.com#2|",
        "WITH (FORMAT csv, HEADER) ! id,email#1,\"max@example.com\"#2,",
        "CSV DELIMITER ';' NULL 'none' ! 1;max@example.com#2;none",
      })
  void rowsInOtherFormatsAreMaskedAndLeaveInTheDefaultFormat(String options, String rows) {
    String lines = rows.replace('#', '\n');
    dump.run(USERS + "COPY public.users FROM stdin " + options + ";\n" + lines + "\n\\.\n", POLICY);
    assertThat(dump.text())
        .contains("\nCOPY public.users  FROM stdin;\n")
        .doesNotContain("max@example.com");
    assertThat(dump.rows("public.users")).hasSize(2).last().isEqualTo("2\t\\N");
  }

  @Test
  void fieldsOfOtherFormatsAreCounted() {
    assertThatThrownBy(
            () ->
                dump.run(
                    USERS + "COPY public.users FROM stdin CSV;\n1,max@example.com,more\n\\.\n",
                    KEPT))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ROW_INVALID))
        .hasMessageContaining("Row 1 of table public.users")
        .hasMessageNotContaining("max@");
  }

  @Test
  void rowsInAnotherEncodingLeaveInUtf8() throws Exception {
    String sql =
        SmallDump.dump(USERS + "COPY public.users FROM stdin;\n1\tJos\u00e9\n\\.\n")
            .replace("'UTF8'", "'LATIN1'");
    dump.run(sql.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1), KEPT);
    assertThat(dump.text()).contains("SET client_encoding = 'UTF8';").doesNotContain("LATIN1");
    assertThat(dump.rows("public.users")).containsExactly("1\tJos\u00e9");
  }
}
