/** Tests of refresh and rollback. */
@NullMarked
package dev.decant.refresh;

import org.jspecify.annotations.NullMarked;
