/** The handlers: parse an event, call a use case, answer. */
@NullMarked
package dev.decant.lambda;

import org.jspecify.annotations.NullMarked;
