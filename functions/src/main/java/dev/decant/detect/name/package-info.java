/** Detects personal data by the names and types of columns and by their neighbours in the table. */
@NullMarked
package dev.decant.detect.name;

import org.jspecify.annotations.NullMarked;
