/** Applies the rules for DDL, and compares them with the findings. */
@NullMarked
package dev.decant.policy.ddl;

import org.jspecify.annotations.NullMarked;
