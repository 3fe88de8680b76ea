/** The use case that makes a sanitized snapshot of a dump. */
@NullMarked
package dev.decant.sanitize;

import org.jspecify.annotations.NullMarked;
