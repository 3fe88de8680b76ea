/** The settings, from the environment and the command line, and the keys. */
@NullMarked
package dev.decant.setting;

import org.jspecify.annotations.NullMarked;
