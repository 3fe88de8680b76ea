/** Masks the rows of a dump, and brings them into the scratch database and into frames. */
@NullMarked
package dev.decant.sanitize.row;

import org.jspecify.annotations.NullMarked;
