/** The forms of values that masks read and write: numbers, dates, addresses, UTF-8 texts. */
@NullMarked
package dev.decant.mask.value;

import org.jspecify.annotations.NullMarked;
