/** Recognizes personal data and secrets by the form of single values. */
@NullMarked
package dev.decant.detect.value;

import org.jspecify.annotations.NullMarked;
