/** The policy file as data, and the files that it names. */
@NullMarked
package dev.decant.policy;

import org.jspecify.annotations.NullMarked;
