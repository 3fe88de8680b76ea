package dev.decant.dump;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.dump.DumpPart.Statement;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ObjectNameTest {
  private static String name(String sql) {
    byte[] text = sql.getBytes(StandardCharsets.UTF_8);
    try (DumpReader reader =
        DumpReader.ofSchema(new ByteArrayInputStream(text), null, null, null)) {
      return ObjectName.of((Statement) reader.next());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CREATE TABLE public.\"Users\" (id int);|public.\"Users\"",
        "CREATE TABLE public.\"user\" (id int);|public.user",
        "CREATE VIEW public.v AS SELECT 1;|VIEW public.v",
        "CREATE MATERIALIZED VIEW public.v AS SELECT 1;|MATERIALIZED VIEW public.v",
        "REFRESH MATERIALIZED VIEW public.v;|MATERIALIZED VIEW public.v",
        "CREATE FUNCTION public.f(a text) RETURNS int LANGUAGE sql AS $$ select 1 $$;|FUNCTION"
            + " public.f",
        "CREATE TRIGGER hook AFTER UPDATE OF a ON public.users EXECUTE FUNCTION f();|TRIGGER hook"
            + " ON public.users",
        "ALTER TABLE public.users DISABLE TRIGGER hook;|TRIGGER hook ON public.users",
        "ALTER TABLE public.users ENABLE ALWAYS RULE r;|RULE r ON public.users",
        "CREATE RULE r AS ON INSERT TO public.users DO INSTEAD NOTHING;|RULE r ON public.users",
        "CREATE POLICY p ON public.users USING (true);|POLICY p ON public.users",
        "CREATE INDEX i ON ONLY public.users USING btree (a);|INDEX i ON public.users",
        "ALTER TABLE ONLY public.t ADD CONSTRAINT c CHECK ((a > 1));|CONSTRAINT c ON public.t",
        "ALTER DOMAIN public.d ADD CONSTRAINT c CHECK ((VALUE > 1));|CONSTRAINT c ON DOMAIN"
            + " public.d",
        "ALTER TABLE ONLY public.t ALTER COLUMN \"Key\" SET DEFAULT 'x';|DEFAULT public.t.\"Key\"",
        "CREATE TYPE public.mood AS ENUM ('a', 'b');|TYPE public.mood",
        "COMMENT ON COLUMN public.\"T\".a IS 'x';|COMMENT ON COLUMN public.\"T\".a",
        "COMMENT ON TABLE public.t IS 'it IS';|COMMENT ON TABLE public.t",
        "COMMENT ON MATERIALIZED VIEW public.v IS 'x';|COMMENT ON MATERIALIZED VIEW public.v",
        "COMMENT ON FUNCTION public.f(a text, b int) IS 'x';|COMMENT ON FUNCTION public.f",
        "COMMENT ON TRIGGER hook ON public.users IS 'x';|COMMENT ON TRIGGER hook ON public.users",
        "COMMENT ON CONSTRAINT c ON DOMAIN public.d IS 'x';|COMMENT ON CONSTRAINT c ON DOMAIN"
            + " public.d",
        "comment on table public.t is 'x';|COMMENT ON TABLE public.t",
        "COMMENT ON LARGE OBJECT 4711 IS 'x';|COMMENT ON LARGE OBJECT",
      })
  void everyObjectHasAName(String sql, String expected) {
    assertThat(name(sql)).isEqualTo(expected);
  }
}
