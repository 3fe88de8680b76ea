package dev.decant.scale;

import dev.decant.source.Source;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known about the source of a run.
 *
 * @param location the source as the user wrote it, which may hold a password
 * @param modified in ISO 8601, or null if it is not known
 */
record SourceFacts(
    String location,
    String uri,
    String fileName,
    @Nullable String etag,
    long size,
    @Nullable String modified,
    @Nullable String encoding) {
  /**
   * @param etag a text that names the state of the source
   */
  static SourceFacts of(String location, Source source, String etag) {
    return new SourceFacts(
        location,
        source.uri(),
        source.fileName(),
        etag,
        source.size(),
        source.modified().map(Instant::toString).orElse(null),
        source.encoding());
  }

  @Override
  public String toString() {
    return uri;
  }
}
