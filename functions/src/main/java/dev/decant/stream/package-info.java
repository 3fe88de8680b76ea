/** Streams of bytes: blocks, ranges, decompression, reading ahead, and digests. */
@NullMarked
package dev.decant.stream;

import org.jspecify.annotations.NullMarked;
