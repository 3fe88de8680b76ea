/** The commands: parse, call a use case, answer. */
@NullMarked
package dev.decant.cli;

import org.jspecify.annotations.NullMarked;
