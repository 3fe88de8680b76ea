package dev.decant.detect.ddl;

import static dev.decant.detect.ddl.DdlDetector.Finding.EMAIL;
import static dev.decant.detect.ddl.DdlDetector.Finding.SECRET;
import static dev.decant.detect.ddl.DdlDetector.Finding.URL;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DdlDetectorTest {
  private static final String WEBHOOK =
      "CREATE TRIGGER hook AFTER INSERT ON public.users FOR EACH ROW EXECUTE FUNCTION"
          + " net.http_request('https://prod.shop.io/hook', 'POST', '{\"Authorization\":\"Bearer"
          + " eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoic2VydmljZV9yb2xlIn0.abcdefghijkl\"}', '{}');";

  @Test
  void theTokenAndTheAddressOfAWebhookAreFound() {
    assertThat(DdlDetector.find(WEBHOOK)).containsExactly(SECRET, URL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE t ALTER COLUMN k SET DEFAULT 'sk_live_0123456789abcdef'::text;",
        "CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (host 'h', password 'hunter22');",
        "CREATE USER MAPPING FOR app SERVER s OPTIONS (user 'u', \"password\" 'hunter22');",
        "PERFORM dblink('postgresql://app:hunter22@db.internal/app');",
        "SELECT set_config('app.token', 'a8f5f167f44f4964e6c998dee827110c', false)",
        "headers := '{\"x-api-key\": \"9aQk3fLz81YtRw7pXc2VbN0mHs5u\"}'; api_key := 'abc123def'",
        "-----BEGIN RSA PRIVATE KEY-----",
      })
  void secretsAreFound(String ddl) {
    assertThat(DdlDetector.find(ddl)).contains(SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COMMENT ON COLUMN t.c IS 'Ask karin.admin@shop-prod.de';",
        "email text DEFAULT 'nobody@shop-prod.de'::text",
      })
  void addressesAreFound(String ddl) {
    assertThat(DdlDetector.find(ddl)).containsExactly(EMAIL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id bigint DEFAULT nextval('public.users_id_seq'::regclass) NOT NULL",
        "CHECK ((email ~* '^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+[.][A-Za-z]{2,4}$'::text))",
        "CHECK (status = ANY (ARRAY['open'::text, 'closed'::text]))",
        "COMMENT ON TABLE t IS 'See https://www.postgresql.org/docs/ and user@example.com';",
        "IF NEW.token IS NULL THEN NEW.token := encode(gen_random_bytes(16), 'hex'); END IF;",
        "SELECT * FROM users WHERE password = crypt('x', password)",
        "CREATE INDEX index_users_on_reset_password_token ON public.users USING btree (token);",
        "DEFAULT nextval('ctgov_v2.baseline_counts_id_seq'::regclass)",
        "DEFAULT '00000000-0000-0000-0000-000000000000'::uuid",
      })
  void ordinaryDdlIsNotReported(String ddl) {
    assertThat(DdlDetector.find(ddl)).isEmpty();
  }

  private static String replaced(String ddl, String with) {
    byte[] utf8 = ddl.getBytes(StandardCharsets.UTF_8);
    return new String(DdlDetector.replace(utf8, false, with), StandardCharsets.UTF_8);
  }

  private static DdlFinding finding(String ddl) {
    return DdlFinding.of("O", 1, ddl.getBytes(StandardCharsets.UTF_8), false);
  }

  @Test
  void constantsAreReplacedAndTheRestStays() {
    assertThat(replaced(WEBHOOK, "it's gone"))
        .isEqualTo(
            "CREATE TRIGGER hook AFTER INSERT ON public.users FOR EACH ROW EXECUTE FUNCTION"
                + " net.http_request('it''s gone', 'POST', 'it''s gone', '{}');");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "OPTIONS (user 'u', password 'hunter22')|OPTIONS (user 'u', password 'x')",
        "api_token character varying(40) DEFAULT 'k3yOfShop'::x|api_token character varying(40)"
            + " DEFAULT 'x'::x",
        "ALTER COLUMN api_key SET DEFAULT 'k3yOfShop';|ALTER COLUMN api_key SET DEFAULT 'x';",
        "f(E'it\\'s sk_live_0123456789abcdef', 'ä')|f(E'x', 'ä')",
        "SELECT 'ä', '{\"x-api-key\": \"k3yOfShop\"}'::json|SELECT 'ä', 'x'::json",
      })
  void whatOnlyItsPlaceShowsIsReplaced(String ddl, String expected) {
    assertThat(replaced(ddl, "x")).isEqualTo(expected);
    assertThat(finding(ddl).outlastsReplacement()).isFalse();
  }

  @Test
  void theBodyOfAFunctionIsCutToo() {
    String before =
        """
        CREATE FUNCTION f(language text) RETURNS void
            LANGUAGE plpgsql AS $_$
        BEGIN
          -- Don't ask max@shop-prod.de.
          PERFORM post('https://api.shop.io', $$Bearer 0123456789abcdef$$); /* sk_live_0123456789a */
          RAISE NOTICE 'it''s done'; -- it's fine
        END $_$;
        """;
    assertThat(replaced(before, "gone"))
        .isEqualTo(
            """
            CREATE FUNCTION f(language text) RETURNS void
                LANGUAGE plpgsql AS $_$
            BEGIN
              -- gone
              PERFORM post('gone', 'gone'); /* gone */
              RAISE NOTICE 'it''s done'; -- it's fine
            END $_$;
            """);
    assertThat(finding(before).outlastsReplacement()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE FUNCTION f() RETURNS int LANGUAGE plpython3u AS $$ # 'max@shop-prod.de'\n $$;",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'select ''max@shop-prod.de''';",
        "CREATE TABLE public.t (\"max@shop-prod.de\" integer);",
      })
  void whatStandsInCodeCannotBeReplaced(String ddl) {
    assertThat(finding(ddl).inCode()).containsExactly(EMAIL);
    assertThat(replaced(ddl, "x")).isEqualTo(ddl);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "DEFAULT '{\"token\": \"k3yOfShop\"}'::jsonb|{}",
        "DEFAULT 'max@shop-prod.de'|nobody@redacted.invalid",
        "DEFAULT 'https://u:p4ss@shop.io/'|https://redacted.invalid",
        "DEFAULT 'sk_live_0123456789abcdef'|redacted",
      })
  void theSubstituteHasTheFormOfTheConstant(String ddl, String substitute) {
    assertThat(finding(ddl).substitute()).isEqualTo(substitute);
    assertThat(DdlDetector.find(replaced(ddl, substitute))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "token_type character varying(20) DEFAULT 'bearer'::character varying",
        "password text DEFAULT 'unknown'",
        "RAISE EXCEPTION 'Invalid token: expired'",
        "'{\"token\": \"string\"}'",
      })
  void wordsAreNoSecrets(String ddl) {
    assertThat(DdlDetector.find(ddl)).isEmpty();
  }

  @Test
  void pathsOfFilesAreNoSecrets() {
    assertThat(
            DdlDetector.find(
                "COPY t TO '/var/lib/postgresql/exports/orders_20240131_2359.csv'"
                    + " || './tmp/pg_backup/run2/dump-2024.sql.gz'"))
        .isEmpty();
    assertThat(DdlDetector.find("SELECT f('q9Zx3/Kd81mVt/7Yw2Ls0Pq4Rb6Nc8Hf1Gj5')"))
        .containsExactly(DdlDetector.Finding.SECRET);
  }
}
