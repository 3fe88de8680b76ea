package dev.decant.sanitize;

import com.github.luben.zstd.Zstd;
import dev.decant.demo.ShopDump;
import dev.decant.manifest.SnapshotName;
import dev.decant.mask.cipher.MaskingKey;
import dev.decant.policy.MaskCatalog;
import dev.decant.policy.Policy;
import dev.decant.policy.PolicyFiles;
import dev.decant.policy.parse.PolicyParser;
import dev.decant.source.Source;
import dev.decant.source.Sources;
import dev.decant.store.SnapshotStore;
import dev.decant.testing.SanitizeRequestBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/**
 * The shop of the demo as the production database of tests: its dump, its policy, and sanitize runs
 * with them.
 */
final class Shop {
  static final SnapshotName NAME = new SnapshotName("shop", "production", "shop_20260323-060000");

  private Shop() {}

  /** The text of the dump. */
  static String dump(long bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ShopDump.write(out, bytes, 1);
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Writes a dump into a file that ends in {@code .sql.zst}. */
  static Path land(Path folder, String text) {
    try {
      byte[] compressed = Zstd.compress(text.getBytes(StandardCharsets.UTF_8));
      return Files.write(folder.resolve("shop_20260323-060000.sql.zst"), compressed);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The policy of the demo with one text replaced by another. */
  static Policy policy(String replace, String by) {
    try (InputStream in =
        Objects.requireNonNull(ShopDump.class.getResourceAsStream("policy.yaml"))) {
      String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      if (!yaml.contains(replace)) {
        throw new IllegalArgumentException("the policy has no " + replace);
      }
      return new PolicyParser(MaskCatalog.standard())
          .parse(
              "policy.yaml",
              yaml.replace(replace, by).getBytes(StandardCharsets.UTF_8),
              PolicyFiles.none(),
              Map.of("PROD_ADMIN_EMAIL", ShopDump.ADMIN_EMAIL));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static Policy policy() {
    return policy("version: 1", "version: 1");
  }

  static MaskingKey key() {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) 7);
    return new MaskingKey(key);
  }

  /** A request that tests may change. */
  static SanitizeRequestBuilder builder(
      Source source, Policy policy, SnapshotStore store, Path work) {
    return new SanitizeRequestBuilder(NAME, source, policy, store, work).key(key());
  }

  static SanitizeRequest request(Source source, Policy policy, SnapshotStore store, Path work) {
    return builder(source, policy, store, work).build();
  }

  /** Sanitizes the dump in a file. */
  static SanitizeResult run(Path dump, Policy policy, SnapshotStore store, Path work) {
    try (Source source = Sources.open(dump.toString())) {
      return Sanitization.run(request(source, policy, store, work));
    }
  }
}
