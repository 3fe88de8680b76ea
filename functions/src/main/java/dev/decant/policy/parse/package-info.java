/** Reads the policy file. */
@NullMarked
package dev.decant.policy.parse;

import org.jspecify.annotations.NullMarked;
