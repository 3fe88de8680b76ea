/**
 * The demo of decant: a generator of dumps of an invented shop, and a run of all use cases on such
 * a dump.
 */
@NullMarked
package dev.decant.demo;

import org.jspecify.annotations.NullMarked;
