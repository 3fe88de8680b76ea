package dev.decant.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.Zstd;
import dev.decant.demo.ShopDump;
import dev.decant.manifest.SigningKey;
import dev.decant.manifest.SnapshotName;
import dev.decant.policy.MaskCatalog;
import dev.decant.policy.Policy;
import dev.decant.policy.PolicyFiles;
import dev.decant.policy.parse.PolicyParser;
import dev.decant.sanitize.Sanitization;
import dev.decant.sanitize.SanitizeRequest;
import dev.decant.setting.KeyPairs;
import dev.decant.source.Source;
import dev.decant.source.Sources;
import dev.decant.store.SnapshotStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes sanitized snapshots of the demo's shop, for tests of the code that reads snapshots. */
public final class ShopSnapshot {
  /** The key that signs the snapshots. */
  public static final SigningKey KEY = KeyPairs.generateSigningKey();

  /** The name of the snapshot that {@link #publish(SnapshotStore)} makes. */
  public static final SnapshotName NAME =
      new SnapshotName("shop", "production", "shop_20260323-060000");

  private static final String SETTINGS_END = "SET row_security = off;\n";

  private ShopSnapshot() {}

  /** Publishes a signed snapshot of about 1.5 MB of rows: small tables, and several frames. */
  public static void publish(SnapshotStore store) {
    publish(store, NAME, 1_500_000, KEY);
  }

  /** Publishes a small snapshot of a dump that creates these extensions. */
  public static void publish(SnapshotStore store, List<String> extensions) {
    StringBuilder ddl = new StringBuilder();
    for (String extension : extensions) {
      ddl.append("CREATE EXTENSION IF NOT EXISTS ").append(extension);
      ddl.append(" WITH SCHEMA public;\n\n");
      ddl.append("COMMENT ON EXTENSION ").append(extension).append(" IS 'its text';\n\n");
    }
    publishWithDdl(store, ddl.toString());
  }

  /** Publishes a small snapshot of a dump with more statements before its tables. */
  public static void publishWithDdl(SnapshotStore store, String ddl) {
    publish(store, NAME, 50_000, KEY, ddl);
  }

  /**
   * Publishes a snapshot.
   *
   * @param bytes the approximate size of the raw dump in bytes
   * @param key the key that signs the snapshot, or null
   */
  public static void publish(
      SnapshotStore store, SnapshotName name, long bytes, @Nullable SigningKey key) {
    publish(store, name, bytes, key, "");
  }

  private static void publish(
      SnapshotStore store, SnapshotName name, long bytes, @Nullable SigningKey key, String ddl) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    ShopDump.write(text, bytes, 1);
    String dump = text.toString(UTF_8).replace(SETTINGS_END, SETTINGS_END + '\n' + ddl);
    publish(store, name, dump, key);
  }

  private static void publish(
      SnapshotStore store, SnapshotName name, String text, @Nullable SigningKey key) {
    try {
      Path folder = Files.createTempDirectory("decant-shop");
      Path dump = folder.resolve(name.name() + ".sql.zst");
      Files.write(dump, Zstd.compress(text.getBytes(UTF_8)));
      try (Source source = Sources.open(dump.toString())) {
        Sanitization.run(request(source, name, store, folder, key));
      } finally {
        Files.delete(dump);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SanitizeRequest request(
      Source source, SnapshotName name, SnapshotStore store, Path work, @Nullable SigningKey key) {
    return new SanitizeRequestBuilder(name, source, policy(), store, work).signing(key).build();
  }

  /** The policy of the snapshots. */
  public static Policy policy() {
    try (InputStream in =
        Objects.requireNonNull(ShopDump.class.getResourceAsStream("policy.yaml"))) {
      return new PolicyParser(MaskCatalog.standard())
          .parse(
              "policy.yaml",
              in.readAllBytes(),
              PolicyFiles.none(),
              Map.of("PROD_ADMIN_EMAIL", ShopDump.ADMIN_EMAIL));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
