/** Tests of servers and their errors. */
@NullMarked
package dev.decant.database;

import org.jspecify.annotations.NullMarked;
