/**
 * The use case that sanitizes a large source by several processes: a plan cuts its tables into
 * items, each process masks one, and the last one verifies and publishes.
 */
@NullMarked
package dev.decant.scale;

import org.jspecify.annotations.NullMarked;
