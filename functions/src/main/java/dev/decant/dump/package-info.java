/**
 * The text of a plain pg_dump dump: statements, COPY blocks, and the DDL skeleton of the output. It
 * opens no files and no connections.
 */
@NullMarked
package dev.decant.dump;

import org.jspecify.annotations.NullMarked;
