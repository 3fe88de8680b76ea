/** Ending long work from outside: at its deadline, or when the process is told to stop. */
@NullMarked
package dev.decant.run;

import org.jspecify.annotations.NullMarked;
