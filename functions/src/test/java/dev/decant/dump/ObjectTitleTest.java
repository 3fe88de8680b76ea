package dev.decant.dump;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.dump.DumpPart.Statement;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ObjectTitleTest {
  private static String title(String sql) {
    byte[] text = sql.getBytes(StandardCharsets.UTF_8);
    try (DumpReader reader =
        DumpReader.ofSchema(new ByteArrayInputStream(text), null, null, null)) {
      return ObjectTitle.of((Statement) reader.next());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          CREATE TABLE a."T" (x int); | TABLE a."T"
          ALTER TABLE a.t SET (fillfactor = 3); | TABLE a.t
          ALTER TABLE ONLY a.t REPLICA IDENTITY FULL; | REPLICA IDENTITY of TABLE a.t
          ALTER TABLE a.t ENABLE ROW LEVEL SECURITY; | ROW SECURITY of TABLE a.t
          ALTER TABLE a.t ADD COLUMN "X" int; | TABLE a.t
          ALTER TYPE a.t ADD VALUE 'canary'; | TYPE a.t
          CREATE FOREIGN TABLE a.t (x int) SERVER s; | FOREIGN TABLE a.t
          ALTER TABLE ONLY a.t ATTACH PARTITION a.p DEFAULT; | PARTITION a.p OF a.t
          ALTER TABLE ONLY a.t ALTER COLUMN "X" SET STORAGE PLAIN; | COLUMN a.t."X"
          ALTER TABLE a.t ALTER COLUMN x ADD GENERATED ALWAYS AS IDENTITY; | COLUMN a.t.x
          ALTER TABLE ONLY a.t ALTER COLUMN x SET NOT NULL; | NOT NULL of COLUMN a.t.x
          ALTER TABLE ONLY a.t ALTER x SET DEFAULT 'canary'; | DEFAULT a.t.x
          ALTER TABLE ONLY a.t ADD CONSTRAINT c CHECK (x = 'canary'); | CONSTRAINT c ON a.t
          ALTER TABLE a.t ADD FOREIGN KEY (x) REFERENCES a.u; | CONSTRAINT without a name ON a.t
          ALTER DOMAIN a.d ADD CONSTRAINT c CHECK (VALUE > 1); | CONSTRAINT c ON DOMAIN a.d
          CREATE OPERATOR a.=== (FUNCTION = a.eq); | OPERATOR a.===
          CREATE CAST (a.x AS a.y) WITH FUNCTION a.f(a.x); | CAST (a.x AS a.y)
          CREATE TRANSFORM FOR a.x LANGUAGE l (FROM SQL WITH FUNCTION a.f(internal)); | TRANSFORM FOR a.x LANGUAGE l
          CREATE OPERATOR FAMILY a.f USING btree; | OPERATOR FAMILY a.f
          ALTER OPERATOR FAMILY a.f USING btree ADD OPERATOR 1 a.<(int,int); | OPERATOR FAMILY a.f
          CREATE TEXT SEARCH DICTIONARY a.d (TEMPLATE = a.t, x = 'canary'); | TEXT SEARCH DICTIONARY a.d
          ALTER TEXT SEARCH CONFIGURATION a.c ADD MAPPING FOR word WITH simple; | TEXT SEARCH CONFIGURATION a.c
          SELECT pg_catalog.setval('a.s', 4, true); | SEQUENCE a.s
          CREATE SEQUENCE a.s; | SEQUENCE a.s
          COMMENT ON OPERATOR a.=== (a.x, a.x) IS 'canary'; | COMMENT ON OPERATOR a.=== (a.x, a.x)
          COMMENT ON CAST (a.x AS a.y) IS 'canary'; | COMMENT ON CAST (a.x AS a.y)
          COMMENT ON FUNCTION a.f(x text) IS 'canary'; | COMMENT ON FUNCTION a.f(x text)
          COMMENT ON OPERATOR CLASS a.c USING btree IS 'canary'; | COMMENT ON OPERATOR CLASS a.c USING btree
          CREATE INDEX i ON ONLY a.t USING btree (x); | INDEX i ON a.t
          CREATE TRIGGER g AFTER UPDATE ON a.t EXECUTE FUNCTION a.f('canary'); | TRIGGER g ON a.t
          ALTER TABLE a.t DISABLE TRIGGER ALL; | ALL TRIGGERS ON a.t
          CREATE VIEW a.v AS SELECT 'canary'; | VIEW a.v
          REFRESH MATERIALIZED VIEW a.v; | REFRESH of MATERIALIZED VIEW a.v
          """)
  void aTitleHasTheKindAndTheSchemaAndNoLiteral(String sql, String expected) {
    assertThat(title(sql)).isEqualTo(expected);
  }
}
