package dev.decant.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.decant.error.DecantException;
import dev.decant.error.ErrorCode;
import dev.decant.store.SnapshotStore;
import dev.decant.store.StoredObject;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The published snapshots of a store. A snapshot is published if it has a manifest; readers ignore
 * a dump without one. The caller owns the store. Any number of threads may use this.
 */
public final class Snapshots {
  /** The word by which people name the newest snapshot. */
  public static final String LATEST = "latest";

  private static final int CANDIDATES = 20;

  private final SnapshotStore store;

  public Snapshots(SnapshotStore store) {
    this.store = store;
  }

  /** Lists the snapshots of a service and an environment. Null stands for all of them. */
  public Listing list(@Nullable String service, @Nullable String environment) {
    return newest(Integer.MAX_VALUE, service, environment);
  }

  /** Lists the newest snapshots of a service and an environment. Null stands for all of them. */
  public Listing newest(int most, @Nullable String service, @Nullable String environment) {
    List<StoredObject> objects = objects(service, environment);
    Listing listing = new ManifestHeads(store).newest(manifests(objects, environment), most);
    Map<String, Long> sizes =
        objects.stream()
            .filter(object -> object.key().endsWith(SnapshotName.DUMP))
            .collect(Collectors.toMap(StoredObject::key, StoredObject::size));
    Map<SnapshotName, String> damaged = new HashMap<>();
    for (SnapshotSummary each : listing.snapshots()) {
      Optional<Long> size = Optional.ofNullable(sizes.get(each.name().key(SnapshotName.DUMP)));
      damage(size, each.dumpSize()).ifPresent(how -> damaged.put(each.name(), how));
    }
    return listing.withDamaged(damaged);
  }

  /**
   * The snapshot that a person means.
   *
   * @param reference {@code latest} or {@code NAME}, with or without {@code SERVICE/ENVIRONMENT/}
   *     before it
   * @param service the service to search, or null for all
   * @param environment the environment to search, or null for all
   * @throws DecantException {@link ErrorCode#SNAPSHOT_NOT_FOUND}; {@link ErrorCode#USAGE} if the
   *     reference could mean several; {@link ErrorCode#SNAPSHOT_DAMAGED} if a manifest that may be
   *     the latest cannot be read
   */
  public SnapshotName resolve(
      String reference, @Nullable String service, @Nullable String environment) {
    String[] parts = reference.split("/", -1);
    if (parts.length == 3) {
      return resolve(parts[2], parts[0], parts[1]);
    }
    if (parts.length != 1) {
      throw new DecantException(
          ErrorCode.USAGE,
          "'"
              + reference
              + "' is not the name of a snapshot. Give [SERVICE/ENVIRONMENT/]NAME, or latest.");
    }
    return isLatest(reference)
        ? latest(service, environment)
        : named(withoutSuffix(reference), service, environment);
  }

  /** Whether a reference asks for the newest snapshot, and names none. */
  public static boolean isLatest(String reference) {
    return reference.substring(reference.lastIndexOf('/') + 1).equals(LATEST);
  }

  /**
   * Reads a manifest and checks its signature. The caller decides by {@link
   * SignatureCheck#require}.
   *
   * @param key the public key of the reader, or null if it has none
   */
  public PublishedManifest read(SnapshotName name, @Nullable PublicKey key) {
    String file = name.key(SnapshotName.MANIFEST);
    String where = store.locate(file);
    ManifestJson.requireSize(store.stat(file).orElseThrow(() -> notFound(name)).size(), where);
    ObjectNode tree = ManifestJson.tree(store.read(file).orElseThrow(() -> notFound(name)), where);
    Manifest manifest = ManifestJson.read(tree, where);
    ManifestHeads.requireName(name, manifest.snapshot(), where);
    return new PublishedManifest(manifest, Signatures.verify(tree, key), tree);
  }

  /**
   * A sentence that says so if the dump of a snapshot does not exist or has another size than its
   * manifest states. Empty if neither is the case, which does not prove that the bytes are right.
   */
  public Optional<String> damage(Manifest manifest) {
    String dump = manifest.snapshot().key(SnapshotName.DUMP);
    return damage(store.stat(dump).map(StoredObject::size), manifest.dump().size());
  }

  private static Optional<String> damage(Optional<Long> size, long stated) {
    if (size.isEmpty()) {
      return Optional.of("Its dump does not exist.");
    }
    return size.get() == stated
        ? Optional.empty()
        : Optional.of(
            "Its dump has " + size.get() + " bytes, but its manifest states " + stated + ".");
  }

  private SnapshotName latest(@Nullable String service, @Nullable String environment) {
    List<StoredObject> manifests = manifests(service, environment);
    List<String> places =
        manifests.stream()
            .flatMap(o -> SnapshotName.ofManifest(o.key()).stream())
            .map(n -> n.service() + "/" + n.environment() + "/" + LATEST)
            .distinct()
            .sorted()
            .toList();
    if (places.size() > 1) {
      throw ambiguous(LATEST, places);
    }
    Listing latest = new ManifestHeads(store).latest(manifests);
    Optional<SnapshotName> name =
        latest.snapshots().stream().map(SnapshotSummary::name).findFirst();
    if (!latest.unreadable().isEmpty()) {
      throw unsure(name, latest.unreadable());
    }
    return name.orElseThrow(() -> notFound("There is no snapshot" + of(service, environment)));
  }

  /** If the latest cannot be determined, an older snapshot must not pass for it. */
  private static DecantException unsure(Optional<SnapshotName> readable, List<String> unreadable) {
    return new DecantException(
        ErrorCode.SNAPSHOT_DAMAGED,
        "The latest snapshot cannot be determined, because these manifests cannot be read:\n  "
            + String.join("\n  ", unreadable.subList(0, Math.min(CANDIDATES, unreadable.size())))
            + readable
                .map(
                    name ->
                        "\nThe newest of the others is " + name + ": give this name to take it.")
                .orElseGet(() -> "\nNo manifest can be read. " + remedy(unreadable)));
  }

  private static String remedy(List<String> unreadable) {
    return unreadable.stream().anyMatch(why -> why.endsWith(ManifestJson.USE_NEWER))
        ? "A newer decant made at least one of these snapshots: install the newest version of"
            + " decant, and run the command again."
        : "Sanitize a raw snapshot again.";
  }

  private SnapshotName named(String name, @Nullable String service, @Nullable String environment) {
    List<SnapshotName> named =
        service != null && environment != null
            ? exactly(new SnapshotName(service, environment, name))
            : names(service, environment).filter(n -> n.name().equals(name)).toList();
    if (named.isEmpty()) {
      throw notFound("There is no snapshot " + name + of(service, environment));
    }
    if (named.size() > 1) {
      throw ambiguous(name, named.stream().map(SnapshotName::toString).toList());
    }
    return named.getFirst();
  }

  private List<SnapshotName> exactly(SnapshotName name) {
    return store.stat(name.key(SnapshotName.MANIFEST)).isPresent() ? List.of(name) : List.of();
  }

  private Stream<SnapshotName> names(@Nullable String service, @Nullable String environment) {
    return manifests(service, environment).stream()
        .map(o -> SnapshotName.ofManifest(o.key()))
        .flatMap(Optional::stream);
  }

  private List<StoredObject> manifests(@Nullable String service, @Nullable String environment) {
    return manifests(objects(service, environment), environment);
  }

  private List<StoredObject> objects(@Nullable String service, @Nullable String environment) {
    String prefix =
        service == null ? "" : service + "/" + (environment == null ? "" : environment + "/");
    return store.list(prefix);
  }

  private static List<StoredObject> manifests(
      List<StoredObject> objects, @Nullable String environment) {
    return objects.stream()
        .filter(
            object ->
                SnapshotName.ofManifest(object.key())
                    .filter(n -> environment == null || n.environment().equals(environment))
                    .isPresent())
        .toList();
  }

  private static String withoutSuffix(String reference) {
    return Stream.of(SnapshotName.DUMP, SnapshotName.MANIFEST, SnapshotName.REPORT)
        .filter(reference::endsWith)
        .findFirst()
        .map(suffix -> reference.substring(0, reference.length() - suffix.length()))
        .orElse(reference);
  }

  private static String of(@Nullable String service, @Nullable String environment) {
    return service == null && environment == null
        ? ""
        : " of "
            + (service == null ? "any service" : service)
            + "/"
            + (environment == null ? "any environment" : environment);
  }

  private DecantException notFound(SnapshotName name) {
    return notFound("There is no snapshot " + name);
  }

  private DecantException notFound(String what) {
    return new DecantException(
        ErrorCode.SNAPSHOT_NOT_FOUND,
        what + " in " + store.location() + ". `decant list` shows the snapshots that exist.");
  }

  private static DecantException ambiguous(String what, List<String> candidates) {
    return new DecantException(
        ErrorCode.USAGE,
        what
            + " could mean "
            + String.join(", ", candidates.subList(0, Math.min(CANDIDATES, candidates.size())))
            + (candidates.size() > CANDIDATES ? ", …" : "")
            + ". Give the full name, or --service and --environment.");
  }
}
