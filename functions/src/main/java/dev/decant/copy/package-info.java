/** The COPY text row codec: fields of a row, their escapes, and buffers that are reused. */
@NullMarked
package dev.decant.copy;

import org.jspecify.annotations.NullMarked;
