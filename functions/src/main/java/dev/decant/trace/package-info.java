/** The leak trace: looks for raw values of masked columns in everything that leaves. */
@NullMarked
package dev.decant.trace;

import org.jspecify.annotations.NullMarked;
