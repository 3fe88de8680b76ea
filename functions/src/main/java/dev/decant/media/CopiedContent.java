package dev.decant.media;

import java.util.Optional;

/** Content that is a copy of the source's bytes. */
final class CopiedContent implements MediaContent {
  private final MediaBucket to;
  private final MediaCopy copy;

  CopiedContent(MediaBucket from, MediaBucket to) {
    this.to = to;
    this.copy = to.copyFrom(from);
  }

  @Override
  public long size(MediaObject source) {
    return source.size();
  }

  @Override
  public boolean same(MediaObject source, MediaObject destination) {
    return source.size() == destination.size() && source.etag().equals(destination.etag());
  }

  @Override
  public boolean sameByMark(MediaObject source, MediaObject destination) {
    return source.size() == destination.size()
        && to.details(source.key())
            .flatMap(MediaDetails::mark)
            .filter(source.etag()::equals)
            .isPresent();
  }

  @Override
  public Optional<Long> write(MediaObject source) {
    return copy.copy(source).map(MediaObject::size);
  }
}
