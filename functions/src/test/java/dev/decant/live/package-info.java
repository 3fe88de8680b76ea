/** Tests of live databases as sources. */
@NullMarked
package dev.decant.live;

import org.jspecify.annotations.NullMarked;
