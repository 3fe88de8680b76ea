package dev.decant.manifest;

/** A manifest as a store has it, and what checking its signature found. */
public record PublishedManifest(Manifest manifest, SignatureCheck verification) {}
