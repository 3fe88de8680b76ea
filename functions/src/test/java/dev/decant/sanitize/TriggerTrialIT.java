package dev.decant.sanitize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.decant.manifest.Snapshots;
import dev.decant.testing.DumpSnapshot;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.ShopSnapshot;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Triggers that exist and that fail as soon as somebody changes a masked row. */
final class TriggerTrialIT {
  private static final String DUMP =
      """
      CREATE FUNCTION public.fine() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        PERFORM nextval('public.t_id_seq'); INSERT INTO log VALUES (TG_OP); RETURN coalesce(NEW, OLD); END $$;
      CREATE FUNCTION public.missing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO public.absent VALUES (1); RETURN coalesce(NEW, OLD); END $$;
      CREATE FUNCTION public.zip() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF TG_OP = 'INSERT' THEN PERFORM NEW.zip::integer; END IF; RETURN NEW; END $$;
      CREATE FUNCTION public.says() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        EXECUTE 'SELECT * FROM "' || OLD.note || '"'; RETURN OLD; END $$;
      CREATE FUNCTION public.offline() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE 'canary' USING ERRCODE = '08001'; END $$;
      CREATE FUNCTION public.state() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE 'canary' USING ERRCODE = '9' || lpad(NEW.id::text, 4, '7'); END $$;
      CREATE FUNCTION public.profile() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF TG_OP <> 'INSERT' THEN RAISE 'canary'; END IF;
        INSERT INTO public.profile VALUES (NEW.id); RETURN NULL; END $$;
      CREATE TABLE public.log (what text);
      CREATE TABLE public.profile (id integer);
      CREATE TABLE public.t (id integer NOT NULL GENERATED ALWAYS AS IDENTITY, zip text, note text,
        long integer GENERATED ALWAYS AS (length(note)) STORED);
      CREATE VIEW public.shown AS SELECT id, zip AS code FROM public.t;
      CREATE TABLE public.child (id integer);
      CREATE TABLE public.p (id integer) PARTITION BY LIST (id);
      CREATE TABLE public.p1 PARTITION OF public.p FOR VALUES IN (1);
      CREATE TABLE public.none (id integer);
      COPY public.t (id, zip, note) FROM stdin;
      1\t12345\tcanary
      \\.
      COPY public.child (id) FROM stdin;
      1
      \\.
      COPY public.profile (id) FROM stdin;
      1
      \\.
      COPY public.p1 (id) FROM stdin;
      1
      \\.
      COPY public.log (what) FROM stdin;
      \\.
      COPY public.none (id) FROM stdin;
      \\.
      SELECT pg_catalog.setval('public.t_id_seq', 7, true);
      ALTER TABLE ONLY public.t ADD CONSTRAINT t_pkey PRIMARY KEY (id);
      ALTER TABLE ONLY public.profile ADD CONSTRAINT profile_pkey PRIMARY KEY (id);
      ALTER TABLE ONLY public.child ADD CONSTRAINT c FOREIGN KEY (id) REFERENCES public.t(id);
      CREATE TRIGGER a_fine AFTER INSERT OR DELETE OR UPDATE OF note ON public.t FOR EACH ROW EXECUTE FUNCTION public.fine();
      CREATE TRIGGER b_of BEFORE UPDATE OF zip ON public.t FOR EACH ROW EXECUTE FUNCTION public.missing();
      CREATE CONSTRAINT TRIGGER c_late AFTER INSERT ON public.t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.zip();
      CREATE TRIGGER d_says AFTER DELETE ON public.t FOR EACH ROW EXECUTE FUNCTION public.says();
      CREATE TRIGGER e_off BEFORE UPDATE ON public.t FOR EACH ROW EXECUTE FUNCTION public.missing();
      ALTER TABLE public.t DISABLE TRIGGER e_off;
      CREATE TRIGGER f_when BEFORE UPDATE ON public.t FOR EACH ROW WHEN (old.note IS DISTINCT FROM new.note) EXECUTE FUNCTION public.missing();
      CREATE TRIGGER g_truncate BEFORE TRUNCATE ON public.child EXECUTE FUNCTION public.missing();
      CREATE TRIGGER h_always BEFORE DELETE ON public.child EXECUTE FUNCTION public.missing();
      ALTER TABLE public.child ENABLE ALWAYS TRIGGER h_always;
      CREATE TRIGGER h_offline BEFORE UPDATE ON public.child FOR EACH ROW EXECUTE FUNCTION public.offline();
      CREATE TRIGGER h_state BEFORE UPDATE ON public.child FOR EACH ROW EXECUTE FUNCTION public.state();
      CREATE TRIGGER i_parts BEFORE UPDATE ON public.p FOR EACH ROW EXECUTE FUNCTION public.missing();
      CREATE TRIGGER j_none BEFORE UPDATE ON public.none EXECUTE FUNCTION public.missing();
      CREATE TRIGGER k_exists AFTER INSERT OR DELETE ON public.t FOR EACH ROW EXECUTE FUNCTION public.profile();
      CREATE TRIGGER l_view INSTEAD OF INSERT OR UPDATE ON public.shown FOR EACH ROW EXECUTE FUNCTION public.missing();
      """;
  private static final String TABLES =
      """
      public.t: {keep: [id], columns: {zip: {mask: redact, value: none}, note: {mask: redact, value: hid}}}
      public.child: {keep: [id]}
      public.p: {keep: [id]}
      public.log: {keep: [what]}
      public.profile: {keep: [id]}
      public.none: {keep: [id]}
      """;

  @TempDir Path work;
  private final MemorySnapshotStore store = new MemorySnapshotStore();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aTriggerThatFailsOverAMaskedRowIsNotVerified(boolean fully) {
    DumpSnapshot.publish(store, DUMP, TABLES, fully);

    assertThat(new Snapshots(store).read(ShopSnapshot.NAME, null).manifest().notVerified())
        .extracting(item -> item.object() + ": " + item.reason())
        .containsExactlyInAnyOrder(
            "TRIGGER b_of ON public.t: " + failed("UPDATE", "undefined table (SQLSTATE 42P01)"),
            "TRIGGER c_late ON public.t: "
                + failed("INSERT", "invalid text representation (SQLSTATE 22P02)"),
            "TRIGGER d_says ON public.t: " + failed("DELETE", "undefined table (SQLSTATE 42P01)"),
            "TRIGGER g_truncate ON public.child: "
                + failed("TRUNCATE", "undefined table (SQLSTATE 42P01)"),
            "TRIGGER h_always ON public.child: "
                + failed("DELETE", "undefined table (SQLSTATE 42P01)"),
            "TRIGGER h_offline ON public.child: "
                + failed("UPDATE", "sqlclient unable to establish sqlconnection (SQLSTATE 08001)"),
            "TRIGGER h_state ON public.child: " + failed("UPDATE", "database error"),
            "TRIGGER i_parts ON public.p: " + failed("UPDATE", "undefined table (SQLSTATE 42P01)"),
            "TRIGGER l_view ON public.shown: "
                + failed("UPDATE", "undefined table (SQLSTATE 42P01)"));
  }

  @Test
  void rowsAndSequencesLeaveAsIfNoTriggerHadBeenFired() throws Exception {
    DumpSnapshot.publishBy(
        "version: 1\ntables:\n"
            + TABLES.indent(2)
            + "sql: [\"SELECT nextval('public.t_id_seq')\"]\n",
        store,
        DUMP,
        false);

    assertThat(SmallDump.text(store, ShopSnapshot.NAME))
        .contains("1\tnone\thid\n", "setval('public.t_id_seq', 8, true)", "CREATE TRIGGER b_of")
        .doesNotContain("UPDATE\n", "DELETE\n", "ENABLE ALWAYS TRIGGER b_of");
  }

  @Test
  void completeVerificationRequiresThatTheTriggersWork() {
    assertThatThrownBy(
            () ->
                DumpSnapshot.publishBy(
                    "version: 1\nrequire-complete-verification: true\ntables:\n" + TABLES.indent(2),
                    store,
                    DUMP,
                    false))
        .hasMessageContainingAll("TRIGGER b_of ON public.t", "42P01")
        .hasMessageNotContainingAny("canary", "hid", "absent");
  }

  /** The function ignores the limit of the server, so only the end of its session stops it. */
  @Test
  void aTriggerThatNeverEndsIsStopped() {
    DumpSnapshot.publish(
        store,
        """
        CREATE FUNCTION public.never() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
          LOOP
            BEGIN PERFORM pg_sleep(1000); EXCEPTION WHEN query_canceled THEN NULL; END;
          END LOOP; END $$;
        CREATE FUNCTION public.late() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
          PERFORM pg_sleep(1000); RETURN NULL; END $$;
        CREATE TABLE public.t (id integer);
        COPY public.t (id) FROM stdin;
        1
        \\.
        CREATE TRIGGER a BEFORE DELETE ON public.t EXECUTE FUNCTION public.never();
        CREATE TRIGGER b AFTER UPDATE ON public.t EXECUTE FUNCTION public.late();
        CREATE TRIGGER c AFTER UPDATE ON public.t EXECUTE FUNCTION public.absent();
        """,
        "public.t: {keep: [id]}",
        false);

    assertThat(new Snapshots(store).read(ShopSnapshot.NAME, null).manifest().notVerified())
        .extracting(item -> item.object() + ": " + item.reason())
        .contains(
            "TRIGGER a ON public.t: it did not end in time when DELETE fired it over a masked row",
            "TRIGGER b ON public.t: it did not end in time when UPDATE fired it over a masked row");
  }

  /** Such a role may neither switch triggers off by a setting, nor those of foreign keys. */
  @Test
  void aServerWithAPlainRoleFiresTheTriggersToo() throws Exception {
    SmallDump dump = new SmallDump(work);
    Restore.withServer(
        PostgresVersion.V18,
        url -> dump.run(DUMP, "version: 1\ntables:\n" + TABLES.indent(2), url));

    assertThat(dump.manifest().notVerified()).hasSize(9);
  }

  private static String failed(String event, String state) {
    return "it failed when " + event + " fired it over a masked row: " + state;
  }
}
