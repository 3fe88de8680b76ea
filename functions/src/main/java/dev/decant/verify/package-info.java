/**
 * Runs the sql steps and the assertions of a policy, fires triggers, and finds which rows the steps
 * wrote.
 */
@NullMarked
package dev.decant.verify;

import org.jspecify.annotations.NullMarked;
