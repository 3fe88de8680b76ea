/** Streams of bytes: blocks, ranges, decompression, and reading ahead. */
@NullMarked
package dev.decant.stream;

import org.jspecify.annotations.NullMarked;
