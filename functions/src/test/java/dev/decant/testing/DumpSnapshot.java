package dev.decant.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.policy.MaskCatalog;
import dev.decant.policy.PolicyFiles;
import dev.decant.policy.parse.PolicyParser;
import dev.decant.sanitize.Sanitization;
import dev.decant.source.Source;
import dev.decant.source.Sources;
import dev.decant.store.SnapshotStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Makes sanitized snapshots of dumps that a test defines. */
public final class DumpSnapshot {
  private static final String HEAD =
      """
      --
      -- PostgreSQL database dump
      --

      -- Dumped from database version 15.18
      -- Dumped by pg_dump version 15.18

      SET client_encoding = 'UTF8';
      SET standard_conforming_strings = on;
      SELECT pg_catalog.set_config('search_path', '', false);
      SET check_function_bodies = false;
      SET row_security = off;

      """;

  private static final String FOOT =
      """

      --
      -- PostgreSQL database dump complete
      --

      """;

  private DumpSnapshot() {}

  /**
   * Publishes a snapshot that is named {@link ShopSnapshot#NAME} and signed by {@link
   * ShopSnapshot#KEY}.
   *
   * @param sql the text between the settings of the dump and its end
   * @param tables the tables of the policy, one on each line: {@code public.t: {keep: [id]}}
   * @param fully whether the run verifies everything
   */
  public static void publish(SnapshotStore store, String sql, String tables, boolean fully) {
    publishBy("version: 1\ntables:\n" + tables.indent(2), store, sql, fully);
  }

  /** As {@link #publish(SnapshotStore, String, String, boolean)}, with a complete policy file. */
  public static void publishBy(String policy, SnapshotStore store, String sql, boolean fully) {
    publishFile(policy, store, (HEAD + sql + FOOT).getBytes(UTF_8), fully);
  }

  /** As {@link #publishBy}, with a complete dump file. */
  public static void publishFile(
      String policy, SnapshotStore store, byte[] content, boolean fully) {
    try {
      Path folder = Files.createTempDirectory("decant-dump");
      Path dump = Files.write(folder.resolve("dump.sql"), content);
      try (Source source = Sources.open(dump.toString())) {
        Sanitization.run(
            new SanitizeRequestBuilder(
                    ShopSnapshot.NAME,
                    source,
                    new PolicyParser(MaskCatalog.standard())
                        .parse("policy.yaml", policy.getBytes(UTF_8), PolicyFiles.none(), Map.of()),
                    store,
                    folder)
                .signing(ShopSnapshot.KEY)
                .full(fully)
                .allowNoRows(true)
                .build());
      } finally {
        Files.delete(dump);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
