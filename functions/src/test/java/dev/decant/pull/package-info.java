/** Tests of pulls. */
@NullMarked
package dev.decant.pull;

import org.jspecify.annotations.NullMarked;
