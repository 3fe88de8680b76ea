package dev.decant.sanitize;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.decant.manifest.SnapshotName;
import dev.decant.testing.DumpSnapshot;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.ShopSnapshot;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Views that depend on a primary key, which pg_dump writes after the key. */
class PostDataOrderIT {
  private static final String BEFORE =
      """
      CREATE TABLE public.users (id integer NOT NULL, name text);
      CREATE TABLE public.orders (id integer NOT NULL, user_id integer);
      """;

  private static final String AFTER =
      """
      ALTER TABLE ONLY public.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);
      CREATE VIEW public.busy AS
       SELECT u.id, u.name, count(*) AS orders
         FROM (public.users u JOIN public.orders o ON ((o.user_id = u.id)))
        GROUP BY u.id;
      CREATE MATERIALIZED VIEW public.stored AS
       SELECT u.id, u.name, count(*) AS orders
         FROM (public.users u JOIN public.orders o ON ((o.user_id = u.id)))
        GROUP BY u.id
        WITH NO DATA;
      CREATE VIEW public.busiest AS SELECT busy.id FROM public.busy WHERE (busy.orders > 10);
      CREATE UNIQUE INDEX stored_id ON public.stored USING btree (id);
      ALTER TABLE ONLY public.orders
          ADD CONSTRAINT orders_user FOREIGN KEY (user_id) REFERENCES public.users(id);
      """;

  private static final String USERS = "COPY public.users (id, name) FROM stdin;\n1\tAnn\n\\.\n\n";

  @ParameterizedTest
  @ValueSource(strings = {"", USERS})
  void viewsThatGroupByAPrimaryKeyKeepTheirPlace(String rows) throws Exception {
    MemorySnapshotStore store = new MemorySnapshotStore();
    DumpSnapshot.publish(
        store,
        BEFORE + rows + AFTER + "REFRESH MATERIALIZED VIEW public.stored;\n",
        "public.users: {keep: [id, name]}\npublic.orders: {keep: [id, user_id]}\n",
        true);
    byte[] zst = store.read(ShopSnapshot.NAME.key(SnapshotName.DUMP)).orElseThrow();
    String dump;
    try (InputStream in =
        new com.github.luben.zstd.ZstdInputStreamNoFinalizer(new ByteArrayInputStream(zst))) {
      dump = new String(in.readAllBytes(), UTF_8);
    }
    Restore.intoPlainDatabase(
        PostgresVersion.V18, dump, "SELECT count(*) FROM public.busiest, public.stored", 0);
    assertThat(dump.indexOf("users_pkey")).isLessThan(dump.indexOf("public.busy AS"));
  }
}
