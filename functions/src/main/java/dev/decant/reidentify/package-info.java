/** Counts how many masked rows share the columns that identify a person together. */
@NullMarked
package dev.decant.reidentify;

import org.jspecify.annotations.NullMarked;
