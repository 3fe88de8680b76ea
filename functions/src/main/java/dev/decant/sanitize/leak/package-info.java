/** The search for raw values in the frames of a snapshot, and the messages about what it finds. */
@NullMarked
package dev.decant.sanitize.leak;

import org.jspecify.annotations.NullMarked;
