/**
 * The commands of the command line. Each one parses its options, calls a use case and prints the
 * result.
 */
@NullMarked
package dev.decant.cli;

import org.jspecify.annotations.NullMarked;
