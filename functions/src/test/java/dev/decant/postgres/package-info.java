/** Tests of servers and their errors. */
@NullMarked
package dev.decant.postgres;

import org.jspecify.annotations.NullMarked;
