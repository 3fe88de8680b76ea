package dev.decant.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A manifest of a store, and the result of checking its signature.
 *
 * @param document the JSON document that was read and checked. It has also the fields that this
 *     version does not know
 */
public record PublishedManifest(
    Manifest manifest, SignatureCheck verification, ObjectNode document) {
  /**
   * The bytes that the key signed: the canonical form of the document without its signature.
   *
   * @throws IllegalArgumentException if the document has no such form, so that nobody signed it
   */
  public byte[] signedBytes() {
    return ManifestJson.signed(document);
  }
}
