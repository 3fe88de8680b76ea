/** The scratch databases of a run, which get the DDL of the dump. */
@NullMarked
package dev.decant.sanitize.schema;

import org.jspecify.annotations.NullMarked;
