/**
 * The one exception of decant and its codes. The kind of a code determines the exit code of the
 * process.
 */
@NullMarked
package dev.decant.error;

import org.jspecify.annotations.NullMarked;
