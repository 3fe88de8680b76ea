/** Archives of pg_dump: custom, directory and tar format, read as the plain text of pg_restore. */
@NullMarked
package dev.decant.archive;

import org.jspecify.annotations.NullMarked;
