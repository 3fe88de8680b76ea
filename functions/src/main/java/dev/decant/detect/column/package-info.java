/** Reaches a verdict on each column by its name, its type and a sample of its values. */
@NullMarked
package dev.decant.detect.column;

import org.jspecify.annotations.NullMarked;
