package dev.decant.policy.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.dump.DumpPart.Statement;
import dev.decant.dump.DumpReader;
import dev.decant.policy.PolicyFixture;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DdlRulesTest {
  private static List<String> travelling(String rules, String sql) {
    DdlRules ddl = new DdlRules(PolicyFixture.parse("version: 1\nddl: { " + rules + " }"));
    List<String> texts = new ArrayList<>();
    byte[] text = sql.getBytes(StandardCharsets.UTF_8);
    try (DumpReader reader =
        DumpReader.ofSchema(new ByteArrayInputStream(text), null, null, null)) {
      while (reader.next() instanceof Statement statement) {
        ddl.apply(statement)
            .ifPresent(s -> texts.add(new String(s.text(), StandardCharsets.UTF_8)));
      }
    }
    return texts;
  }

  @Test
  void aDroppedTriggerTakesItsCommentAndItsSwitchAlong() {
    assertThat(
            travelling(
                "TRIGGER a ON public.t: drop",
                """
                CREATE TRIGGER a AFTER INSERT ON public.t FOR EACH ROW EXECUTE FUNCTION f();
                CREATE TRIGGER a AFTER INSERT ON public.u FOR EACH ROW EXECUTE FUNCTION f();
                ALTER TABLE public.t DISABLE TRIGGER a;
                COMMENT ON TRIGGER a ON public.t IS 'x';
                COMMENT ON TRIGGER a ON public.u IS 'y';
                """))
        .containsExactly(
            "CREATE TRIGGER a AFTER INSERT ON public.u FOR EACH ROW EXECUTE FUNCTION f();",
            "COMMENT ON TRIGGER a ON public.u IS 'y';");
  }

  @Test
  void aDroppedViewTakesItsPartsAlong() {
    assertThat(
            travelling(
                "MATERIALIZED VIEW public.v: drop",
                """
                CREATE MATERIALIZED VIEW public.v AS SELECT 1 AS a WITH NO DATA;
                CREATE MATERIALIZED VIEW public.v2 AS SELECT 1 AS a WITH NO DATA;
                COMMENT ON MATERIALIZED VIEW public.v IS 'x';
                COMMENT ON COLUMN public.v.a IS 'x';
                COMMENT ON COLUMN public.v2.a IS 'x';
                CREATE INDEX i ON public.v USING btree (a);
                ALTER TABLE public.v CLUSTER ON i;
                REFRESH MATERIALIZED VIEW public.v;
                """))
        .containsExactly(
            "CREATE MATERIALIZED VIEW public.v2 AS SELECT 1 AS a WITH NO DATA;",
            "COMMENT ON COLUMN public.v2.a IS 'x';");
  }

  @Test
  void onlyTheObjectOfTheRuleIsReplaced() {
    assertThat(
            travelling(
                "public.t: { replace: 'it''s gone' }",
                """
                CREATE TABLE public.t (a text DEFAULT 'max@shop-prod.de'::text, b text DEFAULT 'b');
                CREATE TABLE public.u (a text DEFAULT 'max@shop-prod.de'::text);
                """))
        .containsExactly(
            "CREATE TABLE public.t (a text DEFAULT 'it''s gone'::text, b text DEFAULT 'b');",
            "CREATE TABLE public.u (a text DEFAULT 'max@shop-prod.de'::text);");
  }
}
