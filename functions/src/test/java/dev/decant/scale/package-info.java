/** Tests of runs that several processes do. */
@NullMarked
package dev.decant.scale;

import org.jspecify.annotations.NullMarked;
