/** Loads rows, indexes and constraints into a database in parallel. */
@NullMarked
package dev.decant.load;

import org.jspecify.annotations.NullMarked;
