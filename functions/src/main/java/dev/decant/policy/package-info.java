/** Reads the policy file and checks it against the schema of a database. */
@NullMarked
package dev.decant.policy;

import org.jspecify.annotations.NullMarked;
