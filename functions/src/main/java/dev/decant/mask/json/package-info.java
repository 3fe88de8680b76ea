/** Rewriting JSON values by masks. */
@NullMarked
package dev.decant.mask.json;

import org.jspecify.annotations.NullMarked;
