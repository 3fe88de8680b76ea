/**
 * Reads the parts of a source that a policy is about: its schema, its DDL, and samples of its rows.
 */
@NullMarked
package dev.decant.inspect;

import org.jspecify.annotations.NullMarked;
