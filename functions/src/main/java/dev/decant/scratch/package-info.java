/** Scratch databases, which are embedded or on a server. */
@NullMarked
package dev.decant.scratch;

import org.jspecify.annotations.NullMarked;
