/** The policy file, and its checks against a schema. */
@NullMarked
package dev.decant.policy;

import org.jspecify.annotations.NullMarked;
