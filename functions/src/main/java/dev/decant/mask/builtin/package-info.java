/** The built-in masks of decant. */
@NullMarked
package dev.decant.mask.builtin;

import org.jspecify.annotations.NullMarked;
