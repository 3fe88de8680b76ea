/** The constraints that the rows violate, and whether the dump or the policy is the cause. */
@NullMarked
package dev.decant.sanitize.violation;

import org.jspecify.annotations.NullMarked;
