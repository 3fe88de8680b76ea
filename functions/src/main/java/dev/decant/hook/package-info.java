/** Runs the hooks of a refresh: what it sets off outside the database. */
@NullMarked
package dev.decant.hook;

import org.jspecify.annotations.NullMarked;
