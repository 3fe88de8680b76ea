/**
 * The handlers of the Lambda functions. Each one reads an event, calls a use case and returns an
 * answer.
 */
@NullMarked
package dev.decant.lambda;

import org.jspecify.annotations.NullMarked;
