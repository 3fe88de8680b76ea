/** Reads and writes the forms of values: numbers, booleans, dates, addresses and UTF-8. */
@NullMarked
package dev.decant.mask.value;

import org.jspecify.annotations.NullMarked;
