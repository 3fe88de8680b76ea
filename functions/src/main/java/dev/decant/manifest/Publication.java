package dev.decant.manifest;

import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.frame.FrameSpool;
import dev.decant.frame.SnapshotWriter;
import dev.decant.frame.SpooledFrame;
import dev.decant.frame.WrittenSnapshot;
import dev.decant.progress.Progress;
import dev.decant.run.Waits;
import dev.decant.store.SnapshotStore;
import dev.decant.store.SnapshotStore.Upload;
import dev.decant.stream.Digests;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes a verified snapshot. It writes the dump, the md5 file and the report, then the manifest
 * if none exists, and at last the catalog. Readers see nothing before the manifest exists. If a
 * publication fails, the files that it wrote are removed.
 *
 * <p>A published name is never written again. A second run of the same work succeeds as a
 * duplicate, and other work under the same name is refused. If two runs of different work publish
 * the same name at the same time, this is checked before the dump becomes visible and again after
 * the manifest exists. A caller that can prevent this claims the name first.
 */
public final class Publication {
  /** The key of the catalog in a store. */
  public static final String CATALOG = "catalog.html";

  private static final Logger LOG = LoggerFactory.getLogger(Publication.class);

  private final SnapshotStore store;
  private final @Nullable SigningKey signingKey;
  private final InstantSource clock;
  private final Progress progress;

  /**
   * Publishes to a store, which the caller owns.
   *
   * @param signingKey null if the manifest is not signed
   */
  public Publication(
      SnapshotStore store,
      @Nullable SigningKey signingKey,
      InstantSource clock,
      Progress progress) {
    this.store = store;
    this.signingKey = signingKey;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * The result of a publication.
   *
   * @param manifest the manifest that is published
   * @param duplicate true if another run of the same work published it
   */
  public record Published(Manifest manifest, boolean duplicate) {}

  /**
   * Finds the manifest that the same work published under the name.
   *
   * @throws DecantException {@link ErrorCode#SNAPSHOT_EXISTS} if other work made it
   */
  public Optional<Manifest> find(ManifestDraft draft) {
    return published(draft.name()).map(manifest -> requireSame(draft, manifest));
  }

  /**
   * Finds the published manifest of a name before the work begins.
   *
   * @throws DecantException {@link ErrorCode#SNAPSHOT_EXISTS} if it is certain that other work made
   *     it
   */
  public Optional<Manifest> find(SnapshotInputs inputs) {
    Optional<Manifest> published = published(inputs.name());
    if (published.isPresent() && !inputs.mayHaveMade(published.get())) {
      throw madeOtherwise(inputs, published.get());
    }
    return published;
  }

  /**
   * Publishes a snapshot. The caller owns the frames and the spool.
   *
   * @throws DecantException {@link ErrorCode#SNAPSHOT_EXISTS} if other work is published under the
   *     name; then nothing was changed
   */
  public Published publish(ManifestDraft draft, List<SpooledFrame> frames, FrameSpool spool) {
    Optional<Manifest> before = find(draft);
    if (before.isPresent()) {
      return new Published(before.get(), true);
    }
    Optional<Published> published = writeDump(draft, frames, spool).map(d -> writeRest(draft, d));
    if (published.isEmpty()) {
      return new Published(
          find(draft).orElseThrow(() -> exists(draft.name(), "Its manifest exists")), true);
    }
    writeCatalog();
    return published.get();
  }

  /** Empty if another run of the same work published meanwhile. */
  private Optional<WrittenSnapshot> writeDump(
      ManifestDraft draft, List<SpooledFrame> frames, FrameSpool spool) {
    try (Upload upload = store.upload(draft.name().key(SnapshotName.DUMP))) {
      progress.stage("upload", frames.stream().mapToLong(SpooledFrame::length).sum(), "B");
      WrittenSnapshot dump = SnapshotWriter.write(frames, spool, upload, progress);
      if (find(draft).isPresent()) {
        return Optional.empty();
      }
      upload.commit();
      progress.done();
      return Optional.of(dump);
    }
  }

  private Published writeRest(ManifestDraft draft, WrittenSnapshot dump) {
    SnapshotName name = draft.name();
    try {
      String etag = etag(name);
      Manifest content = draft.complete(dump, clock.instant());
      byte[] report = report(content);
      Manifest manifest = signed(content.with(new Manifest.ReportFile(Digests.sha256(report))));
      put(name, SnapshotName.MD5, dump.md5() + "  " + name.name() + SnapshotName.DUMP + "\n");
      store.put(name.key(SnapshotName.REPORT), report);
      Published published = writeManifest(draft, manifest);
      if (!published.duplicate() && !etag.equals(etag(name))) {
        store.delete(name.key(SnapshotName.MANIFEST));
        throw exists(name, "Another run published other work under this name at the same time");
      }
      return published;
    } catch (RuntimeException e) {
      removeLeftovers(name, e);
      throw e;
    }
  }

  /**
   * The report, whose sum is in the signed manifest. So it can name the key that signs, but not
   * contain the signature.
   */
  private byte[] report(Manifest content) {
    Manifest shown = content;
    if (signingKey != null) {
      String keyId = Signatures.keyId(signingKey.publicKey());
      String algorithm = SignatureAlgorithm.of(signingKey.publicKey()).label();
      shown = content.signedBy(keyId).with(new Manifest.Signature(algorithm, keyId, ""));
    }
    return Report.html(shown).getBytes(StandardCharsets.UTF_8);
  }

  private Manifest signed(Manifest manifest) {
    return signingKey == null ? manifest : Signatures.sign(manifest, signingKey);
  }

  private Published writeManifest(ManifestDraft draft, Manifest manifest) {
    String key = draft.name().key(SnapshotName.MANIFEST);
    byte[] json = ManifestJson.write(manifest);
    try {
      if (store.putIfAbsent(key, json)) {
        return new Published(manifest, false);
      }
    } catch (DecantException e) {
      // The answer may have been lost although the manifest was written.
      if (!isThere(key, json)) {
        throw e;
      }
      return new Published(manifest, false);
    }
    if (isThere(key, json)) {
      return new Published(manifest, false);
    }
    return new Published(
        find(draft).orElseThrow(() -> exists(draft.name(), "Its manifest exists")), true);
  }

  private boolean isThere(String key, byte[] json) {
    return store.read(key).filter(there -> Arrays.equals(there, json)).isPresent();
  }

  private void put(SnapshotName name, String suffix, String text) {
    store.put(name.key(suffix), text.getBytes(StandardCharsets.UTF_8));
  }

  private String etag(SnapshotName name) {
    return store.stat(name.key(SnapshotName.DUMP)).map(o -> o.etag()).orElse("");
  }

  /**
   * Removes the written files unless a manifest exists, to which they belong then. If an interrupt
   * made the publication fail, it is kept back meanwhile, because an interrupted thread cannot
   * reach a store.
   */
  private void removeLeftovers(SnapshotName name, RuntimeException failure) {
    try {
      Waits.uninterrupted(() -> Remains.delete(store, name));
    } catch (DecantException e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * Writes the catalog. A failure is only a warning, because the catalog shows nothing that the
   * manifests do not have.
   */
  private void writeCatalog() {
    try {
      Catalog.write(store, clock.instant());
    } catch (DecantException e) {
      LOG.warn("{} was not updated: {}", store.locate(CATALOG), e.getMessage());
      progress.message("Warning: " + store.locate(CATALOG) + " was not updated. " + e.getMessage());
    }
  }

  private Optional<Manifest> published(SnapshotName name) {
    String key = name.key(SnapshotName.MANIFEST);
    return store.read(key).map(json -> ManifestJson.read(json, store.locate(key)));
  }

  private Manifest requireSame(ManifestDraft draft, Manifest published) {
    if (!draft.sameWork(published)) {
      throw madeOtherwise(draft.inputs(), published);
    }
    return published;
  }

  private DecantException madeOtherwise(SnapshotInputs inputs, Manifest published) {
    return exists(
        inputs.name(),
        published.policy().inputs() == null
            ? "It was made by decant "
                + published.decant()
                + ", which did not record everything that goes into a snapshot, so nothing proves"
                + " that it is the same"
            : "Other inputs made it, and these differ: "
                + String.join(", ", inputs.differences(published)));
  }

  private DecantException exists(SnapshotName name, String how) {
    return new DecantException(
        ErrorCode.SNAPSHOT_EXISTS,
        "The snapshot "
            + name
            + " is already published in "
            + store.location()
            + ". "
            + how
            + ". Nothing was changed, and this run publishes nothing. To replace that snapshot,"
            + " first remove its manifest "
            + store.locate(name.key(SnapshotName.MANIFEST))
            + ". To keep both, give another --name.");
  }
}
