package dev.decant.sanitize;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.decant.manifest.SnapshotName;
import dev.decant.testing.DumpSnapshot;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.ShopSnapshot;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Each keyword of PostgreSQL is used as the name of every kind of object. pg_dump only quotes the
 * keywords that are reserved in some way ({@code quote_ident}).
 */
final class KeywordNamesIT {
  private static final String BEFORE_ROWS =
      """
      CREATE SCHEMA KW;
      CREATE TABLE KW.KW (
          KW text DEFAULT 'x'::text NOT NULL,
          kw_id integer NOT NULL,
          kw_list integer[],
          CONSTRAINT KW CHECK ((kw_list[1:kw_id] IS NULL))
      );
      ALTER TABLE ONLY KW.KW ALTER COLUMN KW SET STORAGE EXTERNAL;
      ALTER TABLE KW.KW OWNER TO postgres;
      CREATE TABLE KW.kw_parts (
          KW integer
      )
      PARTITION BY LIST (KW);
      CREATE TABLE KW.kw_part (
          KW integer
      );
      ALTER TABLE ONLY KW.kw_parts ATTACH PARTITION KW.kw_part FOR VALUES IN (1);
      CREATE SEQUENCE KW.kw_seq;
      ALTER SEQUENCE KW.kw_seq OWNED BY KW.KW.kw_id;
      CREATE DOMAIN KW.kw_domain AS integer
          CONSTRAINT KW CHECK ((VALUE > 0));
      CREATE FUNCTION KW.KW("first" integer) RETURNS KW.kw_domain
          LANGUAGE sql
          BEGIN ATOMIC
       SELECT 1;
       SELECT KW.kw_id
          FROM KW.KW;
      END;
      CREATE VIEW KW.kw_view AS
       SELECT KW.KW,
          KW.kw_list[KW.kw_id:KW.kw_id] AS b
         FROM KW.KW;
      CREATE MATERIALIZED VIEW KW.kw_mat AS
       SELECT KW.KW
         FROM KW.KW
        WITH NO DATA;
      COMMENT ON COLUMN KW.KW.KW IS 'a comment';
      """;

  private static final String ROWS =
      """
      COPY KW.KW (KW, kw_id, kw_list) FROM stdin;
      max.muster@example.com\t1\t\\N
      \\.
      """;

  private static final String AFTER_ROWS =
      """
      SELECT pg_catalog.setval('KW.kw_seq', 7, true);
      ALTER TABLE ONLY KW.KW
          ADD CONSTRAINT kw_pkey PRIMARY KEY (kw_id);
      CREATE INDEX kw_index ON KW.KW USING btree (KW);
      ALTER TABLE KW.KW CLUSTER ON kw_index;
      CREATE UNIQUE INDEX kw_unique ON KW.KW USING btree (KW) WHERE (kw_id > 0);
      ALTER TABLE ONLY KW.KW REPLICA IDENTITY USING INDEX kw_pkey;
      CREATE STATISTICS KW.kw_stats ON KW, kw_id FROM KW.KW;
      CREATE RULE KW AS
          ON DELETE TO KW.KW DO  SELECT old.KW AS b;
      CREATE TRIGGER KW BEFORE UPDATE OF KW ON KW.KW FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
      CREATE POLICY KW ON KW.KW USING ((KW <> ''::text));
      ALTER TABLE KW.KW ENABLE ROW LEVEL SECURITY;
      REFRESH MATERIALIZED VIEW KW.kw_mat;
      """;

  @Test
  void eachKeywordMayBeAName() throws Exception {
    List<String> names = keywords();
    assertThat(names).hasSizeGreaterThan(400).contains("tablespace", "begin", "\"user\"");
    MemorySnapshotStore store = new MemorySnapshotStore();
    StringBuilder tables = new StringBuilder();
    for (String name : names) {
      tables.append(
          "%s: { keep: [kw_id, kw_list], columns: { %s: email } }\n"
              .formatted(yaml(name + "." + name), yaml(name)));
      tables.append("%s: { keep: [%s] }\n".formatted(yaml(name + ".kw_parts"), yaml(name)));
    }
    String dump = text(BEFORE_ROWS, names) + text(ROWS, names) + text(AFTER_ROWS, names);
    DumpSnapshot.publish(store, dump, tables.toString(), true);
    String published = published(store);
    assertThat(published).doesNotContain("max.muster");
    for (String name : names) {
      assertThat(published).contains("\nCOPY " + name + "." + name + " (" + name + ",");
    }
  }

  private static String yaml(String name) {
    return "'" + name + "'";
  }

  private static String text(String template, List<String> names) {
    StringBuilder text = new StringBuilder();
    names.forEach(name -> text.append(template.replace("KW", name)));
    return text.toString();
  }

  private static List<String> keywords() throws Exception {
    List<String> names = new ArrayList<>();
    try (PlainDatabase database = PlainDatabase.on(PostgresVersion.V18);
        Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT quote_ident(word) FROM pg_get_keywords() ORDER BY 1")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  private static String published(MemorySnapshotStore store) throws Exception {
    byte[] dump = store.read(ShopSnapshot.NAME.key(SnapshotName.DUMP)).orElseThrow();
    try (var in = new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(dump))) {
      in.setContinuous(false);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
