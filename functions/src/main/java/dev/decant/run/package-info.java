/**
 * Threads that work together, and how long work ends: by its first failure, at its deadline, or
 * when the process is told to stop.
 */
@NullMarked
package dev.decant.run;

import org.jspecify.annotations.NullMarked;
