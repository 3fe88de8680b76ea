/** The use case that turns a dump into a sanitized snapshot. */
@NullMarked
package dev.decant.sanitize;

import org.jspecify.annotations.NullMarked;
