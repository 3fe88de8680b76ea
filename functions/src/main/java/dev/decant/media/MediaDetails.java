package dev.decant.media;

import java.util.Optional;

/**
 * The properties of an object that a listing does not show.
 *
 * @param contentType its MIME type, which may be an empty text
 * @param mark the ETag of the source that decant recorded when it wrote the object; empty if it did
 *     not
 */
public record MediaDetails(String contentType, Optional<String> mark) {}
