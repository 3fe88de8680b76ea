/** The tables of a database as its catalog describes them: names, columns, types and keys. */
@NullMarked
package dev.decant.schema;

import org.jspecify.annotations.NullMarked;
