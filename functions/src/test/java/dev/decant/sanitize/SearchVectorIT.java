package dev.decant.sanitize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A tsvector column has the words of the masked columns, and never those of the raw ones. */
final class SearchVectorIT {
  private static final String DUMP =
      """
      CREATE TABLE public.users (id integer NOT NULL, login text, note text, tsv tsvector);

      COPY public.users (id, login, note, tsv) FROM stdin;
      1\tmaxmuster\thello\t'hello':2 'maxmuster':1
      2\t\\N\thello\t'hello':1
      3\teva\t\\N\t\\N
      \\.

      CREATE TRIGGER t BEFORE INSERT OR UPDATE ON public.users FOR EACH ROW
          EXECUTE FUNCTION tsvector_update_trigger('tsv', 'pg_catalog.english', 'login');
      """;

  @TempDir Path folder;

  private SmallDump run(String tsv) {
    SmallDump dump = new SmallDump(folder);
    dump.run(
        DUMP,
        "version: 1\ntables:\n  public.users: { keep: [id, note], columns: { login: username, tsv: "
            + tsv
            + " } }");
    return dump;
  }

  @Test
  void theWordsAreThoseOfTheMaskedColumns() {
    SmallDump dump = run("{ mask: search-vector, config: simple, from: [login, note] }");
    String[] row = dump.rows("public.users").getFirst().split("\t", -1);
    String token = row[1].substring(row[1].lastIndexOf('_') + 1);
    assertThat(row[3]).contains("'" + token + "':", "'hello':").doesNotContain("maxmuster");
    assertThat(dump.rows("public.users").get(1)).isEqualTo("2\t\\N\thello\t'hello':1");
    assertThat(dump.rows("public.users").get(2)).endsWith("\t\\N\t\\N");
    assertThat(dump.text()).doesNotContain("maxmuster");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "keep | raw values of login",
        "{ mask: search-vector, config: simple, from: [logn] } | Write login",
        "{ mask: search-vector, config: klingon, from: [login] } | text search configuration",
        "{ mask: search-vector, config: simple, from: [] } | The list from is empty",
      })
  void whatCannotServeIsRefused(String tsv, String message) {
    assertThatThrownBy(() -> run(tsv))
        .isInstanceOfSatisfying(
            DecantException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.POLICY_INVALID))
        .hasMessageContaining("column tsv")
        .hasMessageContaining(message);
  }
}
