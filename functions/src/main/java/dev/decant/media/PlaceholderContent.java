package dev.decant.media;

import java.util.Optional;

/**
 * Placeholders for the source's objects. Names and MIME types are kept, and the bytes of the source
 * are never read. There are only a few different placeholders, so the size and the ETag in the
 * listing show which objects are placeholders already. If the destination is encrypted with a KMS
 * key, the ETag does not show this, but the mark does.
 */
final class PlaceholderContent implements MediaContent {
  private final MediaBucket from;
  private final MediaBucket to;

  PlaceholderContent(MediaBucket from, MediaBucket to) {
    this.from = from;
    this.to = to;
  }

  /** The size by the name of the object, because the MIME type would take a request for each. */
  @Override
  public long size(MediaObject source) {
    return Placeholder.ofName(source.key()).size();
  }

  @Override
  public boolean same(MediaObject source, MediaObject destination) {
    return Placeholder.ALL.stream()
        .anyMatch(p -> p.size() == destination.size() && p.etag().equals(destination.etag()));
  }

  @Override
  public boolean sameByMark(MediaObject source, MediaObject destination) {
    if (Placeholder.ALL.stream().noneMatch(p -> p.size() == destination.size())) {
      return false;
    }
    Optional<String> mark = to.details(source.key()).flatMap(MediaDetails::mark);
    return Placeholder.ALL.stream()
        .anyMatch(p -> p.size() == destination.size() && mark.filter(p.etag()::equals).isPresent());
  }

  @Override
  public Optional<Long> write(MediaObject source) {
    return from.details(source.key())
        .map(
            details -> {
              Placeholder placeholder = Placeholder.of(source.key(), details.contentType());
              to.put(
                  source.key(), placeholder.content(), details.contentType(), placeholder.etag());
              return (long) placeholder.size();
            });
  }
}
