package dev.decant.sanitize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.frame.StoredFrames;
import dev.decant.load.LoadRequest;
import dev.decant.load.SnapshotLoad;
import dev.decant.manifest.Manifest;
import dev.decant.manifest.SnapshotName;
import dev.decant.manifest.Snapshots;
import dev.decant.progress.Progress;
import dev.decant.testing.DumpSnapshot;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.ShopSnapshot;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Indexes and statistics that the masked rows break. A load of the snapshot would fail there. */
final class IndexTrialIT {
  private static final String DUMP =
      """
      CREATE TABLE public.t (id integer NOT NULL, zip text, note text);
      COPY public.t (id, zip, note) FROM stdin;
      1\t12345\t%s
      \\.

      ALTER TABLE ONLY public.t ADD CONSTRAINT t_pkey PRIMARY KEY (id);
      CREATE INDEX by_zip ON public.t USING btree (((zip)::integer));
      COMMENT ON INDEX public.by_zip IS 'of the zip code';
      ALTER TABLE public.t CLUSTER ON by_zip;
      CREATE INDEX by_note ON public.t USING btree (note);
      CREATE INDEX by_id ON public.t USING btree (id);
      CREATE STATISTICS public.s ON ((zip)::integer), id FROM public.t;
      """
          .formatted("ab".repeat(2500));
  private static final String MASKED =
      "public.t: {keep: [id], columns: {zip: {mask: redact, value: none}, note: scramble}}\n";

  private final MemorySnapshotStore store = new MemorySnapshotStore();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatFailsOverTheMaskedRowsIsLeftOut(boolean fully) throws Exception {
    DumpSnapshot.publish(store, DUMP, MASKED, fully);

    assertThat(manifest().notVerified())
        .extracting(Manifest.NotVerified::object)
        .containsExactlyInAnyOrder(
            "INDEX by_zip ON public.t",
            "INDEX by_note ON public.t",
            "STATISTICS public.s",
            "CLUSTER of TABLE public.t",
            "COMMENT ON INDEX public.by_zip");
    assertThat(manifest().notVerified())
        .allMatch(o -> o.reason().contains("failed over the masked rows"))
        .noneMatch(o -> o.reason().contains("none") || o.reason().contains("12345"));
    assertThat(SmallDump.text(store, ShopSnapshot.NAME))
        .contains("CREATE INDEX by_id", "CLUSTER ON by_zip")
        .doesNotContain("CREATE INDEX by_zip", "CREATE INDEX by_note", "CREATE STATISTICS");
    load();
  }

  @Test
  void keptColumnsHaveTheIndexesOfProduction() throws Exception {
    DumpSnapshot.publish(store, DUMP, "public.t: {keep: [id, zip, note]}\n", false);

    assertThat(manifest().notVerified()).isEmpty();
    load();
  }

  private Manifest manifest() {
    return new Snapshots(store).read(ShopSnapshot.NAME, null).manifest();
  }

  private void load() throws SQLException {
    StoredFrames frames = new StoredFrames(store, ShopSnapshot.NAME.key(SnapshotName.DUMP));
    try (PlainDatabase plain = PlainDatabase.on(PostgresVersion.V18)) {
      SnapshotLoad.run(
          LoadRequest.all(manifest(), frames, plain.asDatabase(), 2, Progress.NONE, () -> {}));
    }
  }
}
