/** Tests against real servers. */
@NullMarked
package dev.decant.verify;

import org.jspecify.annotations.NullMarked;
