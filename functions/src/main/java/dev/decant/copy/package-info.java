/** Reads and writes rows of COPY text: their fields, their escapes, and reusable buffers. */
@NullMarked
package dev.decant.copy;

import org.jspecify.annotations.NullMarked;
