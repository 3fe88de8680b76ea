/** Finds personal data by the names, types and values of columns, and secrets in DDL. */
@NullMarked
package dev.decant.detect;

import org.jspecify.annotations.NullMarked;
