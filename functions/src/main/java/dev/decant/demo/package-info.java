/** The demo's shop: a generator of production dumps, and the story told with it. */
@NullMarked
package dev.decant.demo;

import org.jspecify.annotations.NullMarked;
