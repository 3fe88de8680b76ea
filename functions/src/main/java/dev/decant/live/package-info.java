/** Live databases as sources: the DDL from pg_dump, and the rows by COPY from one snapshot. */
@NullMarked
package dev.decant.live;

import org.jspecify.annotations.NullMarked;
