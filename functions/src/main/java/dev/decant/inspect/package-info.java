/** Reads what a policy is about: the schema of a source, its DDL, and samples of its rows. */
@NullMarked
package dev.decant.inspect;

import org.jspecify.annotations.NullMarked;
