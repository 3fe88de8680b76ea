/** Masks, and the plan that applies them to the rows of one table. */
@NullMarked
package dev.decant.mask;

import org.jspecify.annotations.NullMarked;
