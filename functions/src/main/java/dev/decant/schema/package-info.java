/** What a database's catalog says of its tables: names, columns, types, keys. */
@NullMarked
package dev.decant.schema;

import org.jspecify.annotations.NullMarked;
