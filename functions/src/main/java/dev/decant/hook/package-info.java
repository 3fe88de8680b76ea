/** Runs the hooks of a refresh, which are actions outside of the database. */
@NullMarked
package dev.decant.hook;

import org.jspecify.annotations.NullMarked;
