/** Rewrites JSON documents with masks. */
@NullMarked
package dev.decant.mask.json;

import org.jspecify.annotations.NullMarked;
