package dev.decant.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What goes into a snapshot, as far as it is known before the source is read. Two runs are the same
 * work only if all of it is the same, and the content of the source too.
 *
 * @param sourceUri without credentials
 * @param sourceEtag of S3, or null: then nothing is known of the content but its size
 * @param sourceSize of the raw bytes as stored, or -1 where unknown
 * @param keyFingerprint of the masking key
 */
public record SnapshotInputs(
    SnapshotName name,
    String sourceUri,
    @Nullable String sourceEtag,
    long sourceSize,
    Manifest.PolicyReference policy,
    String keyFingerprint) {
  /** Whether it is the work of a published manifest, the content of the source included. */
  public boolean made(Manifest published) {
    return sourceEtag != null && mayHaveMade(published);
  }

  /**
   * As {@link #made}, where the content of the source is known.
   *
   * @param sha256 of the content, or null where it was not hashed
   */
  boolean made(Manifest published, @Nullable String sha256) {
    return made(published)
        || (sha256 != null && sha256.equals(published.source().sha256()) && mayHaveMade(published));
  }

  /** Whether all that is known of it is the same. What a manifest does not tell never is. */
  boolean mayHaveMade(Manifest published) {
    String inputs = policy.inputs();
    return name.equals(published.snapshot())
        && sourceUri.equals(published.source().uri())
        && Objects.equals(sourceEtag, published.source().etag())
        && sourceSize == published.source().size()
        && inputs != null
        && inputs.equals(published.policy().inputs())
        && keyFingerprint.equals(published.key().fingerprint());
  }

  /** What differs from a published manifest of the same name, for a message; at least one text. */
  List<String> differences(Manifest published) {
    Manifest.Origin source = published.source();
    List<String> found = new ArrayList<>();
    if (!sourceUri.equals(source.uri())) {
      found.add("the source, which was " + source.uri());
    } else if (sourceSize != source.size() || !Objects.equals(sourceEtag, source.etag())) {
      found.add("the content of the source");
    }
    if (!policy.sha256().equals(published.policy().sha256())) {
      found.add("the policy");
    }
    if (!keyFingerprint.equals(published.key().fingerprint())) {
      found.add("the masking key");
    }
    if (found.isEmpty()) {
      found.add(
          Objects.equals(policy.inputs(), published.policy().inputs())
              ? "the content of the source"
              : "a file beside the policy, a parameter, or the version of the masks");
    }
    return found;
  }
}
