package dev.decant.audit;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.manifest.Manifest;
import dev.decant.manifest.ManifestJson;
import dev.decant.manifest.PublishedManifest;
import dev.decant.manifest.Signatures;
import dev.decant.manifest.SnapshotName;
import dev.decant.manifest.Snapshots;
import dev.decant.policy.NamedFile;
import dev.decant.resource.PackagedFile;
import dev.decant.setting.KeyPairs;
import dev.decant.store.SnapshotStore;
import dev.decant.stream.Digests;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The evidence for an auditor: all that proves how a snapshot was made, without its rows. The same
 * snapshot, policy, key and verdict always give the same bytes.
 */
public final class EvidenceArchive {
  /** The least time of an entry, because the time of the packing proves nothing. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final SnapshotStore store;
  private final PublishedManifest published;
  private final PublicKey key;

  private EvidenceArchive(SnapshotStore store, PublishedManifest published, PublicKey key) {
    this.store = store;
    this.published = published;
    this.key = key;
  }

  /**
   * Reads the manifest again and requires that the key signed it.
   *
   * @throws DecantException {@link ErrorCode#SIGNATURE_INVALID}
   */
  public static EvidenceArchive of(SnapshotStore store, SnapshotName snapshot, PublicKey key) {
    PublishedManifest published = new Snapshots(store).read(snapshot, key);
    var _ = published.verification().require(snapshot);
    return new EvidenceArchive(store, published, key);
  }

  /**
   * Packs the evidence as a zip archive.
   *
   * @param policy the policy of the snapshot
   * @param verdict the result of the audit, as JSON
   * @throws DecantException {@link ErrorCode#SNAPSHOT_DAMAGED} if the policy or the report does not
   *     have the SHA-256 of the manifest
   */
  public void write(NamedFile policy, byte[] verdict, OutputStream to) throws IOException {
    Map<String, byte[]> files = files(policy, verdict);
    try (ZipOutputStream zip = new ZipOutputStream(to, StandardCharsets.UTF_8)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(entry(file.getKey(), file.getValue()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    }
  }

  /** Entries are stored, because the output of compressors differs between versions of zlib. */
  private static ZipEntry entry(String name, byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    entry.setTimeLocal(TIME);
    return entry;
  }

  private Map<String, byte[]> files(NamedFile policy, byte[] verdict) {
    Manifest manifest = published.manifest();
    String name = manifest.name();
    Map<String, byte[]> files = new TreeMap<>();
    files.put("README.md", PackagedFile.bytes(EvidenceArchive.class, "recipe.md"));
    files.put("policy.yaml", policy(policy));
    files.put("public-key.pem", KeyPairs.publicPem(key).getBytes(StandardCharsets.US_ASCII));
    files.put("signature.bin", Signatures.value(Objects.requireNonNull(manifest.signature())));
    files.put("signed.json", published.signedBytes());
    files.put("verdict.json", verdict);
    files.put(name + SnapshotName.MANIFEST, ManifestJson.write(published.document()));
    files.put(name + SnapshotName.REPORT, report(manifest));
    return files;
  }

  private byte[] policy(NamedFile policy) {
    String wanted = published.manifest().policy().sha256();
    String found = Digests.sha256(policy.content());
    if (!found.equals(wanted)) {
      throw damaged(
          "The policy "
              + policy.location()
              + " has the SHA-256 "
              + found
              + ", but the snapshot was made with the policy "
              + wanted
              + ". Give --policy that version of the file.");
    }
    return policy.content();
  }

  private byte[] report(Manifest manifest) {
    String key = manifest.snapshot().key(SnapshotName.REPORT);
    byte[] report =
        store
            .read(key)
            .orElseThrow(() -> damaged(store.locate(key) + " does not exist. Sanitize again."));
    Manifest.ReportFile stated = manifest.report();
    if (stated != null && !Digests.sha256(report).equals(stated.sha256())) {
      throw damaged(
          store.locate(key)
              + " does not have the SHA-256 that the manifest states. Do not use it.");
    }
    return report;
  }

  private static DecantException damaged(String message) {
    return new DecantException(ErrorCode.SNAPSHOT_DAMAGED, message);
  }
}
