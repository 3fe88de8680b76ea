/** Tests of the scratch databases. */
@NullMarked
package dev.decant.scratch;

import org.jspecify.annotations.NullMarked;
