/** Removes what dead runs left in the store and on AWS, and snapshots that are old. */
@NullMarked
package dev.decant.sweep;

import org.jspecify.annotations.NullMarked;
