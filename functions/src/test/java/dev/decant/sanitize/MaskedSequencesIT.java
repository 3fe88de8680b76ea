package dev.decant.sanitize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.testing.DumpSnapshot;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.RoundTrip;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that get their id from a sequence can be inserted beside rows with masked ids. */
final class MaskedSequencesIT {
  private static final int ROWS = 2000;

  /** Tables whose column id is unique and has a default; every other column may repeat. */
  private static final List<String> TABLES =
      List.of("small", "whole", "\"Big\"", "of_domain", "shared", "always", "parted", "parent");

  private static final String DUMP =
      """
      CREATE DOMAIN public.key_id AS bigint;
      CREATE SEQUENCE public.shared_seq;
      CREATE TABLE public.small (id smallint NOT NULL, v text);
      CREATE SEQUENCE public.small_id_seq AS smallint;
      ALTER SEQUENCE public.small_id_seq OWNED BY public.small.id;
      CREATE TABLE public.whole (id integer NOT NULL, v text);
      CREATE SEQUENCE public.whole_id_seq;
      ALTER SEQUENCE public.whole_id_seq OWNED BY public.whole.id;
      CREATE TABLE public."Big" (id bigint NOT NULL, v text);
      CREATE SEQUENCE public."Big_id_seq";
      ALTER SEQUENCE public."Big_id_seq" OWNED BY public."Big".id;
      CREATE TABLE public.of_domain (id public.key_id NOT NULL, v text);
      CREATE SEQUENCE public.of_domain_id_seq;
      ALTER SEQUENCE public.of_domain_id_seq OWNED BY public.of_domain.id;
      CREATE TABLE public.shared (
          id bigint DEFAULT nextval('public.shared_seq'::regclass) NOT NULL, v text);
      CREATE TABLE public.always (id integer NOT NULL, v text);
      ALTER TABLE public.always ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
          SEQUENCE NAME public.always_id_seq START WITH 1 INCREMENT BY 1);
      CREATE TABLE public.parted (id integer NOT NULL, v text) PARTITION BY LIST (v);
      CREATE SEQUENCE public.parted_id_seq;
      ALTER SEQUENCE public.parted_id_seq OWNED BY public.parted.id;
      CREATE TABLE public.parted_1 (id integer NOT NULL, v text);
      CREATE TABLE public.parent (id integer NOT NULL, v text);
      CREATE SEQUENCE public.parent_id_seq;
      ALTER SEQUENCE public.parent_id_seq OWNED BY public.parent.id;
      CREATE TABLE public.child (extra text) INHERITS (public.parent);
      CREATE TABLE public.kept (id integer NOT NULL, v text);
      CREATE SEQUENCE public.kept_id_seq;
      ALTER SEQUENCE public.kept_id_seq OWNED BY public.kept.id;
      ALTER TABLE ONLY public.parted ATTACH PARTITION public.parted_1 FOR VALUES IN ('a');
      """
          + IntStream.of(0, 1, 2, 3, 6, 7)
              .mapToObj(TABLES::get)
              .map(MaskedSequencesIT::nextDefault)
              .collect(Collectors.joining())
          + nextDefault("kept")
          + rows("small", "")
          + rows("whole", "")
          // A number in the upper half, as applications use it for a special row.
          + rows("\"Big\"", "9223372036854775807\ta\n")
          + rows("of_domain", "")
          + rows("shared", "")
          + rows("always", "")
          + rows("parted_1", "")
          + rows("parent", "")
          + rows("kept", "2000000\ta\n")
          + TABLES.stream()
              .map(table -> table.replace("\"", ""))
              .map(t -> setval(t.equals("shared") ? "shared_seq" : t + "_id_seq"))
              .collect(Collectors.joining())
          + setval("kept_id_seq")
          + List.of("small", "whole", "\"Big\"", "of_domain", "shared", "always", "parted_1")
              .stream()
              .map(t -> "ALTER TABLE ONLY public." + t + " ADD PRIMARY KEY (id);\n")
              .collect(Collectors.joining());

  private static final String POLICY =
      TABLES.stream()
              .map(t -> "'public." + t + "': { keep: [v], columns: { id: id } }\n")
              .collect(Collectors.joining())
          + "public.child: { keep: [extra] }\npublic.kept: { keep: [id, v] }\n";

  @TempDir Path folder;

  private static String nextDefault(String table) {
    String sequence = table.replace("\"", "") + "_id_seq";
    return "ALTER TABLE ONLY public.%s ALTER COLUMN id SET DEFAULT nextval('public.\"%s\"'::regclass);\n"
        .formatted(table, sequence);
  }

  private static String rows(String table, String more) {
    return IntStream.rangeClosed(1, ROWS)
        .mapToObj(id -> id + "\ta\n")
        .collect(
            Collectors.joining(
                "", "COPY public." + table + " (id, v) FROM stdin;\n", more + "\\.\n\n"));
  }

  private static String setval(String sequence) {
    String name = sequence.equals("Big_id_seq") ? "\"Big_id_seq\"" : sequence;
    return "SELECT pg_catalog.setval('public." + name + "', " + ROWS + ", true);\n";
  }

  @Test
  void everyTableTakesNewRows() throws Exception {
    MemorySnapshotStore store = new MemorySnapshotStore();
    DumpSnapshot.publish(store, DUMP, POLICY, false);
    RoundTrip.each(store, PostgresVersion.V18, MaskedSequencesIT::insertIntoEveryTable);
  }

  private static Void insertIntoEveryTable(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        for (int i = 0; i < 200; i++) {
          statement.execute("INSERT INTO public." + table + " (v) VALUES ('a')");
        }
        try (ResultSet distinct =
            statement.executeQuery("SELECT count(*) - count(DISTINCT id) FROM public." + table)) {
          distinct.next();
          assertThat(distinct.getLong(1)).as(table).isZero();
        }
      }
    }
    return null;
  }

  @Test
  void sequencesOfKeptColumnsStayAsTheyWere() {
    SmallDump dump = new SmallDump(folder);
    dump.run(DUMP, "version: 1\ntables:\n" + POLICY.indent(2));
    assertThat(dump.text())
        .contains("setval('public.kept_id_seq', 2000, true)")
        .doesNotContain("setval('public.small_id_seq', 2000, true)")
        .doesNotContain("setval('public.\"Big_id_seq\"', 9223372036854775807");
  }
}
