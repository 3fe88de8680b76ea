package dev.decant.media;

import java.util.Optional;

/** What the destination gets for an object of the source. For any number of threads. */
interface MediaContent {
  /** How much the destination has to hold, as far as listings tell: bytes. */
  long size(MediaObject source);

  /** Whether the listings alone tell that the destination has it. */
  boolean same(MediaObject source, MediaObject destination);

  /** Whether the destination has it, by its mark; asked where the listings do not tell. */
  boolean sameByMark(MediaObject source, MediaObject destination);

  /** Writes it; answers how many bytes, empty where the source has it no more. */
  Optional<Long> write(MediaObject source);
}
