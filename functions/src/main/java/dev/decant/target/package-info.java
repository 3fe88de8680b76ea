/** The targets file: the databases that may be refreshed, their hooks and their media. */
@NullMarked
package dev.decant.target;

import org.jspecify.annotations.NullMarked;
