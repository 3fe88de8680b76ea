/** How decant reaches PostgreSQL servers, writes SQL for them, and reports their errors. */
@NullMarked
package dev.decant.postgres;

import org.jspecify.annotations.NullMarked;
