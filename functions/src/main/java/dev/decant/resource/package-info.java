/** The files that are packaged in the jar. */
@NullMarked
package dev.decant.resource;

import org.jspecify.annotations.NullMarked;
