/** Tests of the load. */
@NullMarked
package dev.decant.load;

import org.jspecify.annotations.NullMarked;
