/** The targets file: the databases that may be refreshed, and how each is. */
@NullMarked
package dev.decant.target;

import org.jspecify.annotations.NullMarked;
