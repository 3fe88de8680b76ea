package dev.decant.sanitize;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.decant.manifest.Manifest;
import dev.decant.manifest.ManifestJson;
import dev.decant.manifest.SnapshotName;
import dev.decant.policy.MaskCatalog;
import dev.decant.policy.Policy;
import dev.decant.policy.PolicyFiles;
import dev.decant.policy.parse.PolicyParser;
import dev.decant.source.Source;
import dev.decant.source.SourceChoice;
import dev.decant.source.Sources;
import dev.decant.store.SnapshotStore;
import dev.decant.testing.MemorySnapshotStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Sanitizes a dump with a policy that a test defines, and returns the results. */
final class SmallDump {
  private static final String HEAD =
      """
      --
      -- PostgreSQL database dump
      --

      -- Dumped from database version 15.4
      -- Dumped by pg_dump version 15.4

      SET client_encoding = 'UTF8';
      SET standard_conforming_strings = on;
      SELECT pg_catalog.set_config('search_path', '', false);

      """;
  private static final String FOOT =
      """

      --
      -- PostgreSQL database dump complete
      --

      """;

  private final Path folder;
  final MemorySnapshotStore store = new MemorySnapshotStore();

  SmallDump(Path folder) {
    this.folder = folder;
  }

  static Policy policy(String yaml) {
    return new PolicyParser(MaskCatalog.standard())
        .parse("policy.yaml", yaml.getBytes(UTF_8), PolicyFiles.none(), Map.of());
  }

  static Policy policy(String yaml, Map<String, String> files, Map<String, String> parameters) {
    PolicyFiles beside = name -> files.getOrDefault(name, "").getBytes(UTF_8);
    return new PolicyParser(MaskCatalog.standard())
        .parse("policy.yaml", yaml.getBytes(UTF_8), beside, parameters);
  }

  /** The text of a dump file with these statements and rows. */
  static String dump(String body) {
    return HEAD + body + FOOT;
  }

  /** Sanitizes the dump with an embedded scratch server. */
  SanitizeResult run(String body, String yaml) {
    return run(body, yaml, "embedded");
  }

  SanitizeResult run(String body, String yaml, String scratch) {
    return run(body, yaml, scratch, false);
  }

  /** Sanitizes the dump with the permission to publish a snapshot without rows. */
  SanitizeResult runWithoutRows(String body, String yaml) {
    return runWithoutRows(body, yaml, "embedded");
  }

  SanitizeResult runWithoutRows(String body, String yaml, String scratch) {
    return run(body, yaml, scratch, true);
  }

  /** Sanitizes a complete dump file. */
  SanitizeResult run(byte[] whole, String yaml) {
    return run(whole, yaml, "embedded", false);
  }

  private SanitizeResult run(String body, String yaml, String scratch, boolean allowNoRows) {
    return run(dump(body).getBytes(UTF_8), yaml, scratch, allowNoRows);
  }

  private SanitizeResult run(byte[] whole, String yaml, String scratch, boolean allowNoRows) {
    Path file = folder.resolve("small.sql");
    try {
      Files.write(file, whole);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (Source source = Sources.open(file.toString())) {
      Path work = folder.resolve("work");
      return Sanitization.run(
          Shop.builder(source, policy(yaml), store, work)
              .scratch(scratch)
              .allowNoRows(allowNoRows)
              .build());
    }
  }

  /** Writes a file and returns its path. */
  String file(String name, String text) {
    Path file = folder.resolve(name);
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toString();
  }

  /** Sanitizes a part of a file, and restores the finished dump once more. */
  SanitizeResult runFile(String text, SourceChoice choice, String yaml) {
    return runFile(text.getBytes(UTF_8), choice, yaml);
  }

  SanitizeResult runFile(byte[] content, SourceChoice choice, String yaml) {
    Path file = folder.resolve("file.sql");
    try {
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (Source source = Sources.open(file.toString(), choice)) {
      return Sanitization.run(
          Shop.builder(source, policy(yaml), store, folder.resolve("work")).full(true).build());
    }
  }

  Manifest manifest() {
    byte[] json = store.read(Shop.NAME.key(SnapshotName.MANIFEST)).orElseThrow();
    return ManifestJson.read(json, "manifest");
  }

  /** The published dump. */
  String text() {
    return text(store);
  }

  static String text(SnapshotStore store) {
    return text(store, Shop.NAME);
  }

  static String text(SnapshotStore store, SnapshotName name) {
    byte[] zst = store.read(name.key(SnapshotName.DUMP)).orElseThrow();
    try (ZstdInputStreamNoFinalizer in =
        new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(zst))) {
      in.setContinuous(false);
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of the first COPY block of a table that is written as {@code schema.name}. */
  List<String> rows(String table) {
    String text = text();
    int copy = text.indexOf("\nCOPY " + table + " ");
    int begin = text.indexOf('\n', copy + 1) + 1;
    int end = text.indexOf("\\.\n", begin);
    return text.substring(begin, end).lines().toList();
  }
}
