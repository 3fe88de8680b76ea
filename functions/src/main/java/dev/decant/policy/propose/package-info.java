/** Proposes rules for columns that have none. */
@NullMarked
package dev.decant.policy.propose;

import org.jspecify.annotations.NullMarked;
