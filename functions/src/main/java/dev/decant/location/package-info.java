/** Locations of dumps, stores and files, as people write them. */
@NullMarked
package dev.decant.location;

import org.jspecify.annotations.NullMarked;
