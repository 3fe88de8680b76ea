package dev.decant.scale;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.decant.live.LiveDatabase;
import dev.decant.live.LiveOptions;
import dev.decant.live.LiveSource;
import dev.decant.manifest.Manifest;
import dev.decant.manifest.ManifestJson;
import dev.decant.manifest.SnapshotName;
import dev.decant.mask.cipher.MaskingKey;
import dev.decant.policy.MaskCatalog;
import dev.decant.policy.Policy;
import dev.decant.policy.PolicyFiles;
import dev.decant.policy.parse.PolicyParser;
import dev.decant.postgres.ServerUrl;
import dev.decant.progress.Progress;
import dev.decant.sanitize.Sanitization;
import dev.decant.sanitize.SanitizeRequest;
import dev.decant.sanitize.SanitizeResult;
import dev.decant.sanitize.SharedRun;
import dev.decant.sanitize.Turn;
import dev.decant.source.Source;
import dev.decant.source.Sources;
import dev.decant.store.Claimant;
import dev.decant.store.SnapshotStore;
import dev.decant.testing.MemorySnapshotStore;
import dev.decant.testing.PlainDatabase;
import dev.decant.testing.PostgresVersion;
import dev.decant.testing.SanitizeRequestBuilder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run of several processes, whose commands are called one by one in this process. */
final class ScaledRun implements AutoCloseable {
  static final SnapshotName NAME = new SnapshotName("shop", "production", "shop_20260323-060000");
  static final String ID = "abc123";

  /** A table of which a plan makes several items. */
  static final String USERS =
      """
      CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, note text);
      INSERT INTO users SELECT i, 'person' || i || '@raw.example.org', repeat('n', 900)
        FROM generate_series(1, 3000) i;
      """;

  final PlainDatabase source;
  final PlainDatabase scratch;
  final SnapshotStore store;
  final Path folder;
  Policy policy;
  long itemBytes = 1_000_000;
  String id = ID;
  boolean full;
  Duration patience = Duration.ofSeconds(1);
  Optional<String> scratchUrl = Optional.empty();

  /** The archive that is read in place of the database. */
  Optional<String> archive = Optional.empty();

  MaskingKey key = new MaskingKey(new byte[32]);
  Progress progress = Progress.NONE;

  ScaledRun(PlainDatabase source, String policy, Path folder) throws SQLException {
    this(source, policy, folder, new MemorySnapshotStore());
  }

  ScaledRun(PlainDatabase source, String policy, Path folder, SnapshotStore store)
      throws SQLException {
    this(source, policy, folder, store, PlainDatabase.on(PostgresVersion.V18));
  }

  /**
   * @param scratch belongs to this object, and its role becomes that of the scratch server
   */
  ScaledRun(
      PlainDatabase source, String policy, Path folder, SnapshotStore store, PlainDatabase scratch)
      throws SQLException {
    this.source = source;
    this.policy = policy(policy);
    this.folder = folder;
    this.store = store;
    this.scratch = scratch;
    scratch.asSuperuser("ALTER ROLE " + scratch.name() + " CREATEDB");
  }

  static Policy policy(String yaml) {
    return new PolicyParser(MaskCatalog.standard())
        .parse("policy.yaml", yaml.getBytes(UTF_8), PolicyFiles.none(), Map.of());
  }

  private SharedRun shared() {
    return new SharedRun(id, key);
  }

  private LiveOptions options() {
    return new LiveOptions(
        Map.of(),
        Optional.of(LiveDatabase.pgDump(PostgresVersion.V18).program()),
        4,
        true,
        Duration.ofSeconds(5),
        Optional.empty());
  }

  private SanitizeRequest request(Source of, SnapshotName name) {
    return new SanitizeRequestBuilder(name, of, policy, store, folder.resolve("work"))
        .scratch(scratchUrl.orElse(scratch.url()))
        .key(key)
        .full(full)
        .progress(progress)
        .turn(new Turn(id, patience, Claimant.Relation.PARTNER))
        .build();
  }

  private RunRequest requests() {
    return new RunRequest(store, this::request);
  }

  Planning.Planned plan() {
    try (Source opened = open()) {
      return Planning.run(request(opened, NAME), archive.orElse(source.url()), shared(), itemBytes);
    }
  }

  private Source open() {
    return archive
        .map(Sources::open)
        .orElseGet(() -> LiveSource.open(ServerUrl.parse(source.url(), Map.of()), options()));
  }

  ChunkRun.Masked chunk(int item) {
    return ChunkRun.run(
        requests(),
        shared(),
        item,
        new LiveAccess(url -> ServerUrl.parse(url, Map.of()), encoding -> options()));
  }

  /** Makes the plan, and masks all items. Returns their number. */
  int planAndChunks() {
    int items = plan().items();
    for (int item = 0; item < items; item++) {
      chunk(item);
    }
    return items;
  }

  SanitizeResult finish() {
    return Finishing.run(requests(), shared()).result();
  }

  boolean forget() {
    return Forgetting.run(store, scratchUrl.orElse(scratch.url()), shared(), message -> {});
  }

  /** Sanitizes the source by one process, into a store of its own. */
  SnapshotStore alone() {
    SnapshotStore other = new MemorySnapshotStore();
    try (Source opened = open()) {
      Sanitization.run(
          new SanitizeRequestBuilder(NAME, opened, policy, other, folder.resolve("alone"))
              .key(key)
              .build());
    }
    return other;
  }

  static String text(SnapshotStore store) {
    return Frames.text(store.read(NAME.key(SnapshotName.DUMP)).orElseThrow());
  }

  static Manifest manifest(SnapshotStore store) {
    return ManifestJson.read(store.read(NAME.key(SnapshotName.MANIFEST)).orElseThrow(), "manifest");
  }

  boolean isPublished() {
    return store.stat(NAME.key(SnapshotName.MANIFEST)).isPresent();
  }

  /** The scratch databases that exist. */
  List<String> databases() throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection = scratch.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT datname FROM pg_database WHERE datname LIKE 'decant_scratch%' AND"
                    + " pg_has_role(datdba, 'USAGE')")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  @Override
  public void close() throws SQLException {
    scratch.close();
  }
}
