/** Checks a policy against the schema of a database. */
@NullMarked
package dev.decant.policy.check;

import org.jspecify.annotations.NullMarked;
