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
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a verified snapshot visible: dump, md5, report, and last, only where there is none, the
 * manifest. Then the catalog. Before the manifest is there no reader sees anything; whatever a
 * publication that failed wrote is removed.
 *
 * <p>A name that is published is never written to: not by a second run of the same work, which ends
 * well, nor by other work under the same name, which is refused. Two runs of different work that
 * publish one name at the very same time are told apart before the dump becomes visible and again
 * after the manifest is; callers who let that happen should claim the name first.
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
   * To a store, which is the caller's.
   *
   * @param signingKey null: the manifest is not signed
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
   * What a publication ended with.
   *
   * @param manifest that is published now
   * @param duplicate whether another run of the same work published it
   */
  public record Published(Manifest manifest, boolean duplicate) {}

  /**
   * The published manifest of a name, where the same work made it.
   *
   * @throws DecantException {@link ErrorCode#SNAPSHOT_EXISTS} where other work made it
   */
  public Optional<Manifest> find(ManifestDraft draft) {
    return published(draft.name()).map(manifest -> requireSame(draft, manifest));
  }

  /**
   * The published manifest of a name, to be asked before the work begins.
   *
   * @throws DecantException {@link ErrorCode#SNAPSHOT_EXISTS} where it is certain that other work
   *     made it
   */
  public Optional<Manifest> find(SnapshotInputs inputs) {
    Optional<Manifest> published = published(inputs.name());
    if (published.isPresent() && !inputs.mayHaveMade(published.get())) {
      throw madeOtherwise(inputs, published.get());
    }
    return published;
  }

  /**
   * Publishes. Frames and spool are the caller's.
   *
   * @throws DecantException {@link ErrorCode#SNAPSHOT_EXISTS} where other work is published under
   *     the name; nothing was touched then
   */
  public Published publish(ManifestDraft draft, List<SpooledFrame> frames, FrameSpool spool) {
    Optional<Manifest> before = find(draft);
    if (before.isPresent()) {
      return new Published(before.get(), true);
    }
    Optional<Published> published = writeDump(draft, frames, spool).map(d -> writeRest(draft, d));
    if (published.isEmpty()) {
      return new Published(find(draft).orElseThrow(() -> exists(draft.name(), "It is")), true);
    }
    writeCatalog();
    return published.get();
  }

  /** Empty where another run of the same work published meanwhile. */
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
      Manifest manifest = signed(draft.complete(dump, clock.instant()));
      put(name, SnapshotName.MD5, dump.md5() + "  " + name.name() + SnapshotName.DUMP + "\n");
      put(name, SnapshotName.REPORT, Report.html(manifest));
      Published published = writeManifest(draft, manifest);
      if (!published.duplicate() && !etag.equals(etag(name))) {
        store.delete(name.key(SnapshotName.MANIFEST));
        throw exists(name, "Another run published other work under it at the same time");
      }
      return published;
    } catch (RuntimeException e) {
      removeLeftovers(name, e);
      throw e;
    }
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
      // A lost answer: the manifest may be there all the same.
      if (!isThere(key, json)) {
        throw e;
      }
      return new Published(manifest, false);
    }
    if (isThere(key, json)) {
      return new Published(manifest, false);
    }
    return new Published(find(draft).orElseThrow(() -> exists(draft.name(), "It is there")), true);
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
   * What stands below a manifest belongs to it, whoever wrote it. An interrupt, which may be why
   * the publication failed, waits meanwhile: with it no store could be reached.
   */
  private void removeLeftovers(SnapshotName name, RuntimeException failure) {
    try {
      Waits.uninterrupted(() -> removeWithoutManifest(name));
    } catch (DecantException e) {
      failure.addSuppressed(e);
    }
  }

  private void removeWithoutManifest(SnapshotName name) {
    if (store.stat(name.key(SnapshotName.MANIFEST)).isEmpty()) {
      store.delete(name.key(SnapshotName.REPORT));
      store.delete(name.key(SnapshotName.MD5));
      store.delete(name.key(SnapshotName.DUMP));
    }
  }

  /** The catalog tells only what manifests tell: a failure costs nobody a snapshot. */
  private void writeCatalog() {
    try {
      Listing listing = new Snapshots(store).list(null, null);
      store.put(CATALOG, Catalog.html(listing).getBytes(StandardCharsets.UTF_8));
    } catch (DecantException e) {
      LOG.warn("{} was not written anew: {}", store.locate(CATALOG), e.getMessage());
      progress.message(
          "Warning: " + store.locate(CATALOG) + " was not written anew. " + e.getMessage());
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
                + ", which did not record everything that goes into a snapshot, so it cannot be"
                + " told whether it is the same"
            : "It was made of other things. What differs: "
                + String.join(", ", inputs.differences(published)));
  }

  private DecantException exists(SnapshotName name, String how) {
    return new DecantException(
        ErrorCode.SNAPSHOT_EXISTS,
        "The snapshot "
            + name
            + " is published in "
            + store.location()
            + " already. "
            + how
            + ". Nothing was changed, and this run publishes nothing. To replace that snapshot,"
            + " remove its manifest first ("
            + store.locate(name.key(SnapshotName.MANIFEST))
            + "); to keep both, give another --name.");
  }
}
