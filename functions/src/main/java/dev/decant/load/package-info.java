/** The parallel load of rows and constraints into a database. */
@NullMarked
package dev.decant.load;

import org.jspecify.annotations.NullMarked;
