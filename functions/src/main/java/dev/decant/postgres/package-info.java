/** PostgreSQL servers and databases: how to reach one, and what may be told of its errors. */
@NullMarked
package dev.decant.postgres;

import org.jspecify.annotations.NullMarked;
