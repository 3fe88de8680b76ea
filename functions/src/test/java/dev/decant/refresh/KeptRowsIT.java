package dev.decant.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.error.DecantException;
import dev.decant.testing.DumpSnapshot;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.PostgresVersion;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Kept tables of every kind, sequences that no column owns, and views of changed rows. */
final class KeptRowsIT {
  private static final MemorySnapshotStore STORE = new MemorySnapshotStore();

  private static final String DUMP =
      """
      CREATE TYPE public.mood AS ENUM ('good', 'bad');
      CREATE DOMAIN public.key_id AS bigint;
      CREATE SEQUENCE public.shared_seq;
      CREATE TABLE public.account (
          id bigint DEFAULT nextval('public.shared_seq'::regclass) NOT NULL,
          email text NOT NULL,
          mood public.mood
      );
      CREATE TABLE public.of_domain (id public.key_id NOT NULL, v text);
      CREATE SEQUENCE public.of_domain_id_seq;
      ALTER SEQUENCE public.of_domain_id_seq OWNED BY public.of_domain.id;
      ALTER TABLE ONLY public.of_domain ALTER COLUMN id
          SET DEFAULT nextval('public.of_domain_id_seq'::regclass);
      CREATE TABLE public.event (id bigint NOT NULL, year integer NOT NULL, v text)
      PARTITION BY LIST (year);
      CREATE TABLE public.event_1 (id bigint NOT NULL, year integer NOT NULL, v text);
      CREATE TABLE public.parent (id integer, v text);
      CREATE TABLE public.child (extra text)
      INHERITS (public.parent);
      CREATE MATERIALIZED VIEW public.emails AS
       SELECT account.email
         FROM public.account
        WITH NO DATA;
      ALTER TABLE ONLY public.event ATTACH PARTITION public.event_1 FOR VALUES IN (1);
      COPY public.account (id, email, mood) FROM stdin;
      1\tadmin@production\tgood
      2\tother@production\tbad
      \\.

      COPY public.child (id, v, extra) FROM stdin;
      10\tproduction\te
      \\.

      COPY public.event_1 (id, year, v) FROM stdin;
      1\t1\tproduction
      \\.

      COPY public.of_domain (id, v) FROM stdin;
      5\ta
      \\.

      COPY public.parent (id, v) FROM stdin;
      1\tproduction
      \\.

      SELECT pg_catalog.setval('public.shared_seq', 2, true);
      SELECT pg_catalog.setval('public.of_domain_id_seq', 5, true);
      ALTER TABLE ONLY public.account
          ADD CONSTRAINT account_pkey PRIMARY KEY (id);
      REFRESH MATERIALIZED VIEW public.emails;
      """;

  private static final String POLICY =
      """
      version: 1
      tables:
        public.account: { keep: [id, email, mood] }
        public.of_domain: { keep: [id, v] }
        public.event: { keep: [id, year, v] }
        public.parent: { keep: [id, v] }
        public.child: { keep: [id, v, extra] }
      anchors:
        admin: { table: public.account, where: { column: email, equals: admin@production } }
      """;

  private Staging staging;

  @BeforeAll
  static void publish() {
    DumpSnapshot.publishBy(POLICY, STORE, DUMP, false);
  }

  @BeforeEach
  void refreshOnce() throws SQLException {
    staging = Staging.on(PostgresVersion.V17);
    refresh("");
  }

  @AfterEach
  void close() throws SQLException {
    staging.close();
  }

  private void refresh(String more) {
    assertThat(Refresh.run(staging.request(STORE, more)))
        .isInstanceOf(RefreshResult.Refreshed.class);
  }

  private String all(String value, String from) throws SQLException {
    return staging
        .ask(
            "SELECT string_agg(v::text, ' ' ORDER BY v) FROM (SELECT "
                + value
                + " FROM "
                + from
                + ") q (v)")
        .orElse("");
  }

  @Test
  void columnsOfTheDatabasesOwnTypesAreTheSameInBoth() throws SQLException {
    staging.execute("DELETE FROM account; INSERT INTO account VALUES (7, 'mine@staging', 'bad')");
    refresh("keep-tables: [public.account]");
    assertThat(all("email", "account")).isEqualTo("mine@staging");
  }

  @Test
  void aPartitionedTableIsKeptWithAllItsPartitions() throws SQLException {
    staging.execute("DELETE FROM event; INSERT INTO event VALUES (100, 1, 'staging')");
    refresh("keep-tables: [public.event]");
    assertThat(all("id", "event")).isEqualTo("100");
  }

  @Test
  void anHeirsRowsAreNotItsParents() throws SQLException {
    staging.execute("INSERT INTO parent VALUES (2, 'staging')");
    refresh("keep-tables: [public.parent]");
    assertThat(all("id", "ONLY parent")).isEqualTo("1 2");
    assertThat(all("id", "child")).isEqualTo("10");
  }

  @Test
  void rowsThatAPolicyHidesEndTheRefreshAndAreNotLost() throws SQLException {
    staging.execute(
        """
        ALTER TABLE account ENABLE ROW LEVEL SECURITY;
        ALTER TABLE account FORCE ROW LEVEL SECURITY;
        CREATE POLICY mine ON account USING (email = current_setting('app.tenant', true))
        """);
    assertThatThrownBy(() -> refresh("keep-tables: [public.account]"))
        .isInstanceOf(DecantException.class)
        .hasMessageContaining("The kept table public.account has row-level security")
        .hasMessageContaining("BYPASSRLS");
    staging.execute("ALTER TABLE account NO FORCE ROW LEVEL SECURITY");
    assertThat(all("id", "account")).isEqualTo("1 2");
  }

  @Test
  void aSequenceIsSetPastAllColumnsThatTakeFromIt() throws SQLException {
    staging.execute("INSERT INTO account (id, email) VALUES (500, 'mine@staging')");
    refresh("keep-tables: [public.account]\nsql: [ \"insert into of_domain values (900, 'b')\" ]");
    staging.execute("INSERT INTO account (email) VALUES ('next@staging')");
    assertThat(all("max(id)", "account")).isEqualTo("501");
    assertThat(staging.ask("SELECT nextval('of_domain_id_seq')")).contains("901");
  }

  @Test
  void materializedViewsSeeTheNewIdentities() throws SQLException {
    refresh("rekey: { admin: { set: { email: admin@staging } } }");
    assertThat(all("email", "emails")).isEqualTo("admin@staging other@production");
  }
}
