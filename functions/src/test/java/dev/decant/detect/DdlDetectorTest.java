package dev.decant.detect;

import static dev.decant.detect.DdlDetector.Finding.EMAIL;
import static dev.decant.detect.DdlDetector.Finding.SECRET;
import static dev.decant.detect.DdlDetector.Finding.URL;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

  @Test
  void literalsAreReplacedAndTheRestStays() {
    assertThat(DdlDetector.replace(WEBHOOK, "it's gone"))
        .hasValue(
            "CREATE TRIGGER hook AFTER INSERT ON public.users FOR EACH ROW EXECUTE FUNCTION"
                + " net.http_request('it''s gone', 'POST', 'it''s gone', '{}');");
  }

  @Test
  void aPasswordThatOnlyItsNameShowsIsReplaced() {
    assertThat(DdlDetector.replace("OPTIONS (user 'u', password 'hunter22')", "nothing"))
        .hasValue("OPTIONS (user 'u', password 'nothing')");
  }

  @Test
  void whatStandsOutsideOfALiteralCannotBeReplaced() {
    assertThat(DdlDetector.replace("$$ -- ask max@shop-prod.de $$", "x")).isEmpty();
  }
}
