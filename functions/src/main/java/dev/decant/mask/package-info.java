/** The API of masks, and the plan that applies masks to the rows of one table. */
@NullMarked
package dev.decant.mask;

import org.jspecify.annotations.NullMarked;
