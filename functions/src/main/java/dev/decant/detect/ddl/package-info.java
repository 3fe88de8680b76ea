/** Finds secrets and addresses in the DDL of a schema. */
@NullMarked
package dev.decant.detect.ddl;

import org.jspecify.annotations.NullMarked;
