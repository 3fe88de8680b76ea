/** Assertions over the masked rows. */
@NullMarked
package dev.decant.verify;

import org.jspecify.annotations.NullMarked;
