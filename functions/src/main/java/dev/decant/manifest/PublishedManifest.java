package dev.decant.manifest;

/** A manifest of a store, and the result of checking its signature. */
public record PublishedManifest(Manifest manifest, SignatureCheck verification) {}
