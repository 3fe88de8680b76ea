package dev.decant.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of a snapshot that are known before the source is read. Two runs are the same work
 * only if all of them and the content of the source are the same.
 *
 * @param sourceUri the location of the source without credentials
 * @param sourceEtag the ETag in S3; if it is null, only the size of the content is known
 * @param sourceSize the number of raw bytes as stored, or -1 if it is not known
 * @param keyFingerprint the fingerprint of the masking key
 */
public record SnapshotInputs(
    SnapshotName name,
    String sourceUri,
    @Nullable String sourceEtag,
    long sourceSize,
    Manifest.PolicyReference policy,
    String keyFingerprint) {
  /** Whether these inputs, including the content of the source, made a published manifest. */
  public boolean made(Manifest published) {
    return sourceEtag != null && mayHaveMade(published);
  }

  /**
   * As {@link #made(Manifest)}, if the content of the source is known.
   *
   * @param sha256 the SHA-256 of the content, or null if it was not computed
   */
  boolean made(Manifest published, @Nullable String sha256) {
    return made(published)
        || (sha256 != null && sha256.equals(published.source().sha256()) && mayHaveMade(published));
  }

  /**
   * Whether all known inputs are those of a published manifest. An input that the manifest does not
   * record counts as different.
   */
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

  /**
   * The inputs that differ from those of a published manifest of the same name, for a message.
   * There is at least one.
   */
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
