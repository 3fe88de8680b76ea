/** What can go wrong: one exception, with a code whose kind gives the exit code. */
@NullMarked
package dev.decant.error;

import org.jspecify.annotations.NullMarked;
