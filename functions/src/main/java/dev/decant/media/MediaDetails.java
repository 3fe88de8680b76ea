package dev.decant.media;

import java.util.Optional;

/**
 * What a listing does not tell of an object.
 *
 * @param contentType its MIME type; empty where it has none
 * @param mark what decant noted when it wrote the object; empty where it did not
 */
public record MediaDetails(String contentType, Optional<String> mark) {}
