/** The use cases that check a policy against a schema, and explain its rules. */
@NullMarked
package dev.decant.check;

import org.jspecify.annotations.NullMarked;
