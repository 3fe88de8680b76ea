/** Tests of the catalog's reader. */
@NullMarked
package dev.decant.schema;

import org.jspecify.annotations.NullMarked;
