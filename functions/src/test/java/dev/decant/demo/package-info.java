/** Tests of the demo. */
@NullMarked
package dev.decant.demo;

import org.jspecify.annotations.NullMarked;
