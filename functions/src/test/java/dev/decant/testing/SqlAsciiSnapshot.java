package dev.decant.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.decant.store.SnapshotStore;

/**
 * A snapshot of a database in SQL_ASCII, whose texts have different encodings. Each character of
 * the texts in this class stands for one byte.
 */
public final class SqlAsciiSnapshot {
  /** The hexadecimal digits of the kept bytes, which are not UTF-8, in the order of the rows. */
  public static final String KEPT = "636166e9 ff fe80";

  /** A query for {@link #KEPT}. */
  public static final String QUERY =
      "SELECT string_agg(encode(convert_to(kept, 'SQL_ASCII'), 'hex'), ' ' ORDER BY id) FROM"
          + " public.t";

  private SqlAsciiSnapshot() {}

  /**
   * Publishes the snapshot under {@link ShopSnapshot#NAME} with full verification.
   *
   * @param masked the masked value of the second row
   */
  public static void publish(SnapshotStore store, String masked) {
    DumpSnapshot.publishFile(
        """
        version: 1
        tables: { public.t: { keep: [id, kept], columns: { masked: last-name } }, public.u: { keep: [x] } }
        sql: ["UPDATE public.t SET id = 3 WHERE id = 4"]
        """,
        store,
        dump(masked).getBytes(ISO_8859_1),
        true);
  }

  private static String dump(String masked) {
    return """
    --
    -- PostgreSQL database dump
    --

    -- Dumped from database version 15.18
    -- Dumped by pg_dump version 15.18

    SET client_encoding = 'SQL_ASCII';
    SET standard_conforming_strings = on;
    SELECT pg_catalog.set_config('search_path', '', false);

    CREATE TABLE public.t (
        id integer NOT NULL,
        kept text,
        masked text
    );

    CREATE TABLE public.u (
        x text
    );

    COMMENT ON TABLE public.t IS 'caf\u00c3\u00a9';

    COPY public.t (id, kept, masked) FROM stdin;
    1	caf\u00e9	M\u00c3\u00bcller
    2	\u00ff	MASKED
    \\.

    COPY public.u (x) FROM stdin;
    \u00e9
    \\.

    INSERT INTO public.t VALUES (4, '\u00fe\u0080', 'Meier');

    ALTER TABLE ONLY public.t
        ADD CONSTRAINT t_pkey PRIMARY KEY (id);
    CREATE INDEX t_kept ON public.t USING btree (kept);

    --
    -- PostgreSQL database dump complete
    --

    """
        .replace("MASKED", masked);
  }
}
